"""Opening Whoosh's table of contents without running code from it.

The table keeps its list of segments as a pickle, and a pickle names what to call. Here it is
loaded by what admits only the classes that such a list is made of:
https://docs.python.org/3/library/pickle.html#restricting-globals
"""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from whoosh.filedb import structfile

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADMITTED = frozenset({
    ("__builtin__", "set"),
    ("builtins", "set"),
    ("searcher.index.whoosh.codec", "FlatCodec"),
    ("searcher.index.whoosh.codec", "FlatSegment"),
})


class _Unpickler(pickle.Unpickler):  # noqa: S301 this is what restricts it
    """Loads what an index is made of, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 as pickle declares it
        if (module, name) not in _ADMITTED:
            msg = f"the index names {module}.{name}, which no index of ours holds"
            raise pickle.UnpicklingError(msg)
        return super().find_class(module, name)


def load(stream: IO[bytes], *_: object) -> object:
    """Load one pickle from ``stream``, admitting only an index's own classes.

    Raises:
        pickle.UnpicklingError: it names anything else.
    """
    return _Unpickler(stream).load()


@contextmanager
def guarded() -> Iterator[None]:
    """Make Whoosh load every pickle of a file through here meanwhile."""
    former = structfile.load_pickle
    structfile.load_pickle = load
    try:
        yield
    finally:
        structfile.load_pickle = former

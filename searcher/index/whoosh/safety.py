"""Opening a Whoosh index without running code from it.

Whoosh keeps its table of contents, its segments and its blocks of postings as pickles, and a
pickle names what to call. Here its loaders are replaced by one that admits only the classes an
index of ours is made of: https://docs.python.org/3/library/pickle.html#restricting-globals
"""

from __future__ import annotations

import io
import pickle
from types import SimpleNamespace
from typing import IO, Any

from whoosh import columns, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

_ADMITTED = frozenset({
    ("__builtin__", "long"),
    ("__builtin__", "set"),
    ("_codecs", "encode"),
    ("array", "_array_reconstructor"),
    ("array", "array"),
    ("builtins", "frozenset"),
    ("builtins", "int"),
    ("builtins", "set"),
    ("collections", "defaultdict"),
    ("re", "_compile"),
    ("searcher.index.whoosh.schema", "TermTokenizer"),
    ("whoosh.analysis.analyzers", "CompositeAnalyzer"),
    ("whoosh.analysis.filters", "StripFilter"),
    ("whoosh.analysis.tokenizers", "IDTokenizer"),
    ("whoosh.analysis.tokenizers", "RegexTokenizer"),
    ("whoosh.codec.whoosh3", "W3Codec"),
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("whoosh.columns", "NumericColumn"),
    ("whoosh.fields", "ID"),
    ("whoosh.fields", "KEYWORD"),
    ("whoosh.fields", "NUMERIC"),
    ("whoosh.fields", "Schema"),
    ("whoosh.fields", "TEXT"),
    ("whoosh.formats", "Existence"),
    ("whoosh.formats", "Frequency"),
    ("whoosh.formats", "Positions"),
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


def loads(data: bytes, *_: object) -> object:
    """As ``load``, from bytes."""
    return load(io.BytesIO(data))


def guard() -> None:
    """Make Whoosh load every pickle through here."""
    structfile.load_pickle = load
    whoosh3.loads = columns.loads = formats.loads = loads
    index.pickle = SimpleNamespace(
        loads=loads, dumps=pickle.dumps, PicklingError=pickle.PicklingError
    )

"""The index as Whoosh itself sees it: its table of contents, written and opened.

Searching here never reads that table; it is for whoever opens the index with Whoosh, and for
the check that one can. A pickle names what to call, so it is loaded by what admits only the
classes that such a table is made of.
"""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Any

from whoosh import index as whoosh_index
from whoosh.codec.base import OutOfOrderError
from whoosh.fields import FieldConfigurationError, UnknownFieldError
from whoosh.filedb.filestore import FileStorage, StorageError
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import TOC
from whoosh.matching.mcore import NoQualityAvailable, ReadTooFar
from whoosh.reading import ReaderClosed, TermNotFound

from searcher.index.manifest import damaged
from searcher.index.whoosh.codec import FlatSegment
from searcher.index.whoosh.safety import guarded
from searcher.index.whoosh.schema import schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from searcher.index.whoosh.segment import Source

INDEX_NAME = "MAIN"
"""What Whoosh calls an index that is given no name."""
DAMAGE = (
    whoosh_index.IndexError, StorageError, FileFormatError, OutOfOrderError,
    FieldConfigurationError, UnknownFieldError, NoQualityAvailable, ReadTooFar,
    ReaderClosed, TermNotFound,
    pickle.UnpicklingError, struct.error, EOFError, OSError, OverflowError,
    LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError,
)  # fmt: skip
"""What opening a broken table with Whoosh raises; it defines no root of its own."""


def write_table(folder: Path, number: int, sources: Sequence[Source]) -> str:
    """Write the table of contents of ``sources``, remove former ones, and return its name."""
    for path in folder.glob(f"_{INDEX_NAME}_*.toc"):
        path.unlink()
    segments = [_segment(source) for source in sources]
    TOC(schema(), segments, number).write(FileStorage(str(folder)), INDEX_NAME)
    return f"_{INDEX_NAME}_{number}.toc"


def stock_searcher(folder: Path) -> Any:  # noqa: ANN401 whoosh ships no types
    """Return Whoosh's own searcher over the index in ``folder``.

    Raises:
        pickle.UnpicklingError: its table names what no index of ours holds.
        OSError, whoosh.index.IndexError: it is not there, or not whole.
    """
    with guarded():
        return FileStorage(str(folder)).open_index(schema=schema()).searcher()


def check_stock(folder: Path) -> None:
    """Open the index in ``folder`` as Whoosh does.

    Raises:
        DamagedIndexError: it cannot be.
    """
    try:
        stock_searcher(folder).close()
    except DAMAGE as exc:
        raise damaged(folder) from exc


def _segment(source: Source) -> FlatSegment:
    name = source.segment.file.name.removesuffix(FlatSegment.ENDING)
    segment = FlatSegment(INDEX_NAME, name.removeprefix(f"{INDEX_NAME}_"))
    segment.set_doc_count(source.segment.passages)
    for passage in source.removed_passages():
        segment.delete_document(passage)
    return segment

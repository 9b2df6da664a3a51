"""What a broken index raises while it is opened or read, told as damage."""

from __future__ import annotations

import pickle
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from whoosh import index as whoosh_index
from whoosh.codec.base import OutOfOrderError
from whoosh.fields import FieldConfigurationError, UnknownFieldError
from whoosh.filedb.filestore import StorageError
from whoosh.filedb.filetables import FileFormatError
from whoosh.matching.mcore import NoQualityAvailable, ReadTooFar
from whoosh.reading import ReaderClosed, TermNotFound

from searcher.index.manifest import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAMAGE = (
    whoosh_index.IndexError, StorageError, FileFormatError, OutOfOrderError,
    FieldConfigurationError, UnknownFieldError, NoQualityAvailable, ReadTooFar,
    ReaderClosed, TermNotFound,
    pickle.UnpicklingError, zlib.error, struct.error, EOFError, OSError, OverflowError,
    LookupError, ValueError, TypeError, AttributeError, AssertionError,
    RecursionError,
)  # fmt: skip
"""What opening or reading a broken file raises; whoosh defines no root of its own."""


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Tell what breaks while Whoosh reads ``folder`` as damage of it.

    Nothing of our own runs inside: our own faults keep their tracebacks.

    Raises:
        DamagedIndexError: something broke.
    """
    try:
        yield
    except DAMAGE as exc:
        raise damaged(folder) from exc

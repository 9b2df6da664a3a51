"""What was read from each file, kept by content and by the versions of the readers.

A file that could not be read is kept too, with its reason, so that it is not tried again for
nothing; that holds for the limits it happened under only, since what breaks under low ones may
break in any way.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import asdict
from typing import TYPE_CHECKING

from searcher import plugins
from searcher.errors import Reason
from searcher.extract.extractor import GROUP, extractor_for
from searcher.extract.recogniser import ENGLISH
from searcher.extract.serial import from_json
from searcher.failure import Failure
from searcher.index.generations import storage

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.corpus.source import Source
    from searcher.document import Document
    from searcher.extract.pool import Limits

FOLDER = "extracted"
UNFINISHED = "unfinished"
READ, RECOGNISED = "json.gz", "ocr.json.gz"
"""How the names of documents end: as the file holds them, and with what was recognised."""
LANGUAGES = "ocr.txt"
"""How the names of files end that say in which languages; none: in English."""
_NOT_KEPT = {Reason.UNREADABLE}


class Cache:
    """Documents and failures under ``index/extracted/``."""

    def __init__(self, index: Path, limits: Limits) -> None:
        self._index = index
        self._folder = index / FOLDER
        self._limits = repr(limits)
        self.version = reader_version()

    def holds(self, source: Source) -> bool:
        """Tell whether the outcome for ``source`` is known."""
        is_read = self._path(source, READ).is_file() or self.is_recognised(source)
        return is_read or self.failure(source) is not None

    def is_recognised(self, source: Source) -> bool:
        """Tell whether the sheets of ``source`` without text went through text recognition."""
        return self._path(source, RECOGNISED).is_file()

    def languages(self, source: Source) -> str:
        """Return the languages in which ``source`` went through text recognition, "" if it did not.

        A killed run may leave what it read under the languages before, to be asked for again.
        """
        if not self.is_recognised(source):
            return ""
        try:
            return self._path(source, LANGUAGES).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ENGLISH

    def document(self, source: Source) -> Document | None:
        """Return what was read from ``source``, or ``None`` if it is not here whole.

        What text recognition added to is preferred, whoever asks.
        """
        return self._document(source, RECOGNISED) or self._document(source, READ)

    def failure(self, source: Source) -> Failure | None:
        """Return why ``source`` could not be read, named as it is named now."""
        if self.is_recognised(source):
            return None
        try:
            table = json.loads(self._path(source, "failure.json").read_text(encoding="utf-8"))
            reason = Reason(table["reason"])
            if table["limits"] != self._limits:
                return None
            return Failure(
                label(source), source.sha256, reason, table["detail"], table["hint"],
                table["seconds"],
            )  # fmt: skip
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def keep(self, source: Source, outcome: bytes | Failure, *, languages: str = "") -> None:
        """Keep what became of ``source``; what was recognised in ``languages``, beside the other.

        Raises:
            StorageError: the disk is full or may not be written.
        """
        if isinstance(outcome, bytes):
            ending = RECOGNISED if languages else READ
            self._write(self._path(source, ending), gzip.compress(outcome, 1, mtime=0))
            if languages:
                self._write(self._path(source, LANGUAGES), languages.encode())
        elif outcome.reason not in _NOT_KEPT:
            table = asdict(outcome) | {"limits": self._limits}
            self._write(self._path(source, "failure.json"), json.dumps(table).encode())

    def clear(self) -> None:
        """Take away what a killed run wrote half of."""
        with storage(self._index):
            (self._folder / UNFINISHED).unlink(missing_ok=True)

    def _document(self, source: Source, ending: str) -> Document | None:
        try:
            return from_json(gzip.decompress(self._path(source, ending).read_bytes()))
        except (FileNotFoundError, ValueError, EOFError, zlib.error, gzip.BadGzipFile):
            return None

    def _path(self, source: Source, ending: str) -> Path:
        kind = source.media_type.rpartition("/")[2]
        name = f"{source.sha256}-{kind}-{self.version}.{ending}"
        return self._folder / source.sha256[:2] / name

    def _write(self, path: Path, data: bytes) -> None:
        """Write ``data`` aside and rename it, so that a part of it is never found.

        One process writes at a time: what a killed one left is written over by the next.
        """
        part = self._folder / UNFINISHED
        with storage(self._index):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(data)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)


def reader_version() -> str:
    """Return a short digest of every extractor's version: a changed one reads all anew."""
    versions = [f"{name} {extractor_for(name).version}" for name in plugins.names(GROUP)]
    return hashlib.sha256("\n".join(versions).encode()).hexdigest()[:8]


def label(source: Source) -> str:
    """Return the name of ``source`` in reports of failure: its file, and which record of it."""
    return f"{source.file}:{source.record}" if source.record is not None else source.file

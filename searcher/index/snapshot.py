"""One generation, opened to be read: it stays as it is while builds go on beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from searcher.errors import NoIndexError
from searcher.index.backend import Index, backend
from searcher.index.generations import folder_of, live_name
from searcher.index.library import Library
from searcher.index.library_writer import FILE_NAME
from searcher.index.manifest import Manifest, damaged, read_manifest
from searcher.results.answer import Coverage

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

POSTINGS = "whoosh"


class Snapshot:
    """The library and the index of one generation, each opened when first asked for."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.generation = manifest.generation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for opened in ("library", "index"):
            if opened in self.__dict__:
                getattr(self, opened).close()

    @cached_property
    def library(self) -> Library:
        """The reports, pages and passages.

        Raises:
            DamagedIndexError: the file is not there.
        """
        path = self.folder / FILE_NAME
        if not path.is_file():
            raise damaged(path)
        return Library(path)

    @cached_property
    def index(self) -> Index:
        """The postings of the passages.

        Raises:
            DamagedIndexError: they cannot be read.
        """
        return backend(self.manifest.backend).open(self.folder / POSTINGS)

    def opened(self) -> Self:
        """Open both parts now, and return the snapshot.

        Raises:
            DamagedIndexError: one of them cannot be read.
        """
        library, _ = self.library, self.index
        library.stored()
        return self

    def coverage(self) -> Coverage:
        """Return what this generation holds and what it does not."""
        manifest = self.manifest
        return Coverage(
            manifest.reports, manifest.pages, manifest.pages_without_text, manifest.quarantined,
            manifest.generation, manifest.fingerprint, manifest.built,
        )  # fmt: skip


def open_snapshot(index: Path) -> Snapshot:
    """Open the live generation of ``index``.

    Raises:
        NoIndexError: there is none yet.
        IndexVersionError: another version made it.
        DamagedIndexError: it cannot be read.
    """
    name = live_name(index)
    folder = folder_of(index, name)
    try:
        return Snapshot(folder, read_manifest(folder))
    except NoIndexError as exc:
        raise damaged(folder) from exc

"""One generation, opened to be read: it stays as it is while builds go on beside it.

The library's file is open from the start, the files of the postings from the first search on or
from the start where ``searching`` is asked for. What is open is kept even where the generation
is removed meanwhile; the postings of a removed generation cannot be opened any more.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from os import scandir
from typing import TYPE_CHECKING, Self

from searcher.errors import (
    DamagedIndexError,
    IndexStoreError,
    IndexVersionError,
    NoIndexError,
)
from searcher.index.backend import Index, backend
from searcher.index.checksums import is_as_long, is_as_written
from searcher.index.generations import folder_of, live_name
from searcher.index.library import Library
from searcher.index.library_schema import FILE_NAME
from searcher.index.manifest import ANEW, REBUILD, Manifest, damaged, read_manifest
from searcher.index.manifest import FILE_NAME as MANIFEST
from searcher.query.tree import Not, Value
from searcher.results.answer import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from searcher.index.checksums import Checksum

POSTINGS = "whoosh"
EVERYTHING = Not(Value("report", ""))


class Snapshot:
    """The library and the index of one generation.

    Raises:
        DamagedIndexError: the library is not there.
        StorageError: it may not be read.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.generation = manifest.generation
        self.library = Library(folder / FILE_NAME)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self.library.close()
        if "index" in self.__dict__:
            self.index.close()

    @cached_property
    def index(self) -> Index:
        """The postings of the passages.

        Raises:
            DamagedIndexError: they cannot be read.
            IndexVersionError: another version made them.
        """
        own, configuration = backend(self.manifest.backend), dict(self.manifest.configuration)
        if configuration.get("index", own.version) != own.version:
            msg = "index: was written by another version, this searcher cannot search in it"
            raise IndexVersionError(msg, hint=ANEW)
        return own.open(self.folder / POSTINGS)

    def opened(self) -> Self:
        """Open both parts now, and return the snapshot.

        Raises:
            DamagedIndexError: one of them cannot be read.
        """
        library, _ = self.library, self.index
        library.stored()
        return self

    def check(self) -> None:
        """Read all parts through as far as they can tell that they are whole.

        Raises:
            DamagedIndexError: one of them is not, or does not hold what another counts.
        """
        for check in self.checks():
            check()

    def checks(self) -> tuple[Callable[[], None], ...]:
        """Return the parts of ``check``, each of which raises what it finds."""
        files = (partial(self._check_file, file) for file in self.manifest.files)
        return (
            self._check_name, *files, self.library.check, self._check_index, self.check_counts,
        )  # fmt: skip

    def check_counts(self) -> None:
        """Compare what the manifest counts, the library holds and the postings find.

        Raises:
            DamagedIndexError: they differ, or one of them cannot be read.
        """
        self._check_manifest()
        self._check_postings()

    def _check_name(self) -> None:
        """Compare the name of the folder with what the manifest calls it."""
        if self.generation != self.folder.name:
            raise damaged(self.folder / MANIFEST)

    def _check_file(self, file: Checksum) -> None:
        """Compare a file with its checksum."""
        if not is_as_written(self.folder, file):
            raise damaged(self.folder / file.name)

    def _check_manifest(self) -> None:
        """Compare what the library holds with what the manifest counts."""
        manifest = self.manifest
        counted = (manifest.reports, manifest.passages, manifest.quarantined)
        if self.library.counts() != counted:
            raise damaged(self.folder / MANIFEST)

    def _check_index(self) -> None:
        """Read the postings through."""
        self.index.check()

    def _check_postings(self) -> None:
        """Compare the passages of each report that can be found with those that can be shown."""
        if dict(self.index.search(EVERYTHING).counts()) != self.library.passages_by_key():
            raise damaged(self.folder / POSTINGS)

    def coverage(self) -> Coverage:
        """Return what this generation holds and what it does not."""
        manifest = self.manifest
        return Coverage(
            manifest.reports, manifest.pages, manifest.pages_without_text, manifest.quarantined,
            manifest.generation, manifest.fingerprint, manifest.built,
        )  # fmt: skip


def open_snapshot(index: Path, *, searching: bool = False) -> Snapshot:
    """Open the live generation of ``index``, its postings too where ``searching``.

    Raises:
        NoIndexError: there is none yet.
        IndexVersionError: another version made it.
        DamagedIndexError: it cannot be read.
        StorageError: it may not be read.
    """
    name = live_name(index)
    while True:
        try:
            return _opened(folder_of(index, name), searching=searching)
        except IndexStoreError:
            former, name = name, live_name(index)
            if name == former:  # else another one was published, and this one removed
                raise


def _refuse_links(folder: Path) -> None:
    """Refuse a generation that leads elsewhere, or to what would be waited for instead of read.

    Raises:
        DamagedIndexError: a part of it is neither a file nor the folder of the postings.
    """
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        for part in (folder, folder / POSTINGS):
            if part.is_symlink():
                raise _no_part(part.name)
            with scandir(part) as entries:
                for entry in entries:
                    is_folder = entry.is_dir(follow_symlinks=False)
                    if not is_folder and not entry.is_file(follow_symlinks=False):
                        raise _no_part(entry.name)


def _no_part(name: str) -> DamagedIndexError:
    return DamagedIndexError(f"index: {name} is a link, or no file at all", hint=REBUILD)


def is_whole(folder: Path) -> bool:
    """Tell whether the generation at ``folder`` can be opened and holds what it counts."""
    try:
        with _opened(folder, searching=True) as snapshot:
            snapshot.check()
    except IndexStoreError:
        return False
    return True


def _opened(folder: Path, *, searching: bool) -> Snapshot:
    _refuse_links(folder)
    try:
        manifest = read_manifest(folder)
    except NoIndexError as exc:
        raise damaged(folder) from exc
    for file in manifest.files:
        if file.name == FILE_NAME and not is_as_long(folder, file):
            raise damaged(folder / FILE_NAME)
    snapshot = Snapshot(folder, manifest)
    if searching:
        try:
            _ = snapshot.index
        except IndexStoreError:
            snapshot.close()
            raise
    return snapshot

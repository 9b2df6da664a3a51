"""Building a generation: what the live one has and is still so stays, the rest is written."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher import __version__
from searcher.index.backend import Writer, backend
from searcher.index.checksums import checksums_of
from searcher.index.library_schema import FILE_NAME as LIBRARY
from searcher.index.library_writer import LibraryWriter, library_writer
from searcher.index.manifest import FORMAT_VERSION, Manifest, write_manifest
from searcher.index.snapshot import POSTINGS
from searcher.ingest.describe import describe
from searcher.ingest.ledger import FILE_NAME as SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from searcher.document import Document
    from searcher.failure import Failure
    from searcher.index.snapshot import Snapshot
    from searcher.ingest.plan import Planned
    from searcher.vocabulary import Vocabularies

BACKEND = "whoosh"


@dataclass(frozen=True, slots=True)
class Build:
    """The two stores of a generation, open for writing."""

    library: LibraryWriter
    index: Writer

    def add(self, planned: Planned, document: Document, vocabularies: Vocabularies) -> None:
        """Store one report and index its passages."""
        entry = describe(planned, document, vocabularies)
        self.index.add(entry, self.library.add(entry))

    def remove(self, report_ids: Iterable[str]) -> None:
        """Take reports out of both stores."""
        for report_id in report_ids:
            self.library.remove(report_id)
            self.index.remove(report_id)


@contextmanager
def build(folder: Path, live: Snapshot | None, *, memory_mb: int) -> Iterator[Build]:
    """Open both stores in the empty ``folder``, starting from what ``live`` holds.

    ``memory_mb`` is what the postings may take in memory.
    The library is copied; the index's files, which never change, are linked.
    """
    if live is not None:
        shutil.copyfile(live.folder / LIBRARY, folder / LIBRARY)
        _link_all(live.folder / POSTINGS, folder / POSTINGS)
    with ExitStack() as stack:
        library = stack.enter_context(library_writer(folder / LIBRARY))
        index = stack.enter_context(backend(BACKEND).writer(folder / POSTINGS, memory_mb=memory_mb))
        yield Build(library, index)


def fingerprint(planned: Iterable[Planned], failures: Iterable[Failure], versions: str) -> str:
    """Return the SHA-256 of what a generation holds: equal for equal input and version."""
    records = sorted(report.record_hash for report in planned)
    failed = sorted(f"{failure.file} {failure.sha256} {failure.reason}" for failure in failures)
    return hashlib.sha256("\n".join([versions, *records, *failed]).encode()).hexdigest()


def sign(
    folder: Path, counts: dict[str, int], *, name: str, digest: str, built: str,
    roots: Sequence[Path], configuration: tuple[tuple[str, str], ...],
) -> Manifest:  # fmt: skip
    """Write the manifest that makes ``folder``, all of it written, a generation, and return it."""
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        generation=name,
        fingerprint=digest,
        built=built,
        searcher=__version__,
        backend=BACKEND,
        roots=tuple(map(str, roots)),
        configuration=configuration,
        files=checksums_of(folder, (LIBRARY, SOURCES)),
        **counts,
    )
    write_manifest(manifest, folder)
    return manifest


def _link_all(source: Path, target: Path) -> None:
    """Link every file of ``source`` into ``target``; copy where the disk has no links."""
    target.mkdir()
    for path in source.iterdir():
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)

"""One ingest under way: what stays, what is read, what is written, and the account of it."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from searcher.extract.pool import Limits, Outcome, Task, read_all
from searcher.extract.serial import from_json
from searcher.failure import Failure
from searcher.index.backend import backend
from searcher.index.generations import building, prune_locked, publish
from searcher.index.snapshot import Snapshot
from searcher.ingest.build import BACKEND, Build, build, fingerprint, sign
from searcher.ingest.cache import Cache, label
from searcher.ingest.describe import VERSION as DESCRIPTION
from searcher.ingest.fates import fates
from searcher.ingest.half_read import half_read
from searcher.ingest.join import Ground
from searcher.ingest.ledger import write_ledger
from searcher.ingest.plan import Planned, plan, stored_as
from searcher.ingest.remarks import remarks, unmatched_rows
from searcher.ingest.stale import stale
from searcher.ingest.step import Step
from searcher.ingest.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from searcher.config import Settings
    from searcher.corpus.catalogue import Catalogue
    from searcher.corpus.folder import CorpusFolder
    from searcher.corpus.scan import Scan
    from searcher.corpus.source import Source
    from searcher.index.entry import Stored
    from searcher.index.manifest import Manifest
    from searcher.ingest.ledger import Ledger
    from searcher.vocabulary import Vocabularies

    Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Run:
    """One ingest: what it works with, and what it counts.

    ``live`` is the generation to go on with, ``stored`` what the last one had, and ``known``
    what it knew, of files in quarantine too: reports keep their ids by it even where nothing
    can be gone on with.
    """

    settings: Settings
    progress: Progress
    limits: Limits
    cache: Cache
    folder: CorpusFolder
    vocabularies: Vocabularies
    catalogue: Catalogue
    live: Snapshot | None
    stored: tuple[Stored, ...]
    known: tuple[Stored, ...]
    started: float = field(default_factory=time.monotonic)
    files: int = 0
    scanned_now: frozenset[Source] = frozenset()
    read: int = 0
    peak_worker_bytes: int = 0
    notes: list[str] = field(default_factory=list)

    def scanned(self, _: str) -> None:
        """Hear of one more file found."""
        self.files += 1
        self.progress("scanning", self.files, 0)

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """What shapes a record besides its file and its catalogue row."""
        return (
            ("description", DESCRIPTION),
            ("index", backend(BACKEND).version),
            ("readers", self.cache.version),
            ("vocabularies", self.vocabularies.fingerprint),
        )

    def make(self, ledger: Ledger, found: Scan, *, former: CorpusFolder | None) -> Summary:
        """Build and publish the generation of ``ledger``, unless it is the live one already.

        ``found`` are the sources that this run speaks of, ``former`` the corpus folder before.
        """
        recognised = {one.sha256: self.cache.languages(one) for one in ledger.sources}
        ground = Ground(
            self.folder.path, self.catalogue, self.known, repr(self.versions),
            recognised,
        )  # fmt: skip
        reports = plan(ledger.sources, ground)
        base = self.live if self.live and self._goes_on(self.live) else None
        step = Step(ledger, reports, {report.id: report for report in self.stored} if base else {})
        step.failures += [lost.failure for lost in ledger.lost]
        self.notes += remarks(self.folder, former, self.settings.corpus)
        self.notes += unmatched_rows(self.catalogue, reports, ledger)
        self._settle_failures(step)
        digest = fingerprint(step.good(), step.failures, repr(self.versions))
        is_same = base and step.is_idle() and digest == base.manifest.fingerprint
        is_published = not (base and is_same and former == self.folder)
        manifest = self._publish(base, step) if is_published or not base else base.manifest
        prune_locked(self.settings.index, keep=self.settings.generations)
        return self._summary(manifest, step, found, published=is_published)

    def _publish(self, base: Snapshot | None, step: Step) -> Manifest:
        """Build the generation of ``step``, look whether it can be read, and make it live."""
        with building(self.settings.index) as folder:
            manifest = self._write(folder, base, step)
            self.progress("publishing", 0, 0)
            with Snapshot(folder, manifest) as built:
                built.check_counts()
            publish(self.settings.index, folder, manifest.generation)
        return manifest

    def _goes_on(self, live: Snapshot) -> bool:
        """Tell whether the files of ``live`` can be gone on with."""
        return dict(live.manifest.configuration).get("index") == backend(BACKEND).version

    def _settle_failures(self, step: Step) -> None:
        """Move to quarantine what is known to be unreadable."""
        for report in step.pending():
            failure = self.cache.failure(report.source)
            if failure is not None:
                step.fail(report, failure)

    def _write(self, folder: Path, base: Snapshot | None, step: Step) -> Manifest:
        """Write the generation of ``step`` into ``folder``."""
        with build(folder, base, memory_mb=self.settings.index_memory_mb) as stores:
            stores.remove(step.outdated())
            to_read = self._add_known(stores, step)
            self._add_read(stores, step, to_read)
            stores.library.replace_failures(step.failures)
            stores.library.replace_vocabularies(self.vocabularies)
            counts = stores.library.counts()
        good, failed = ([stored_as(one) for one in of] for of in (step.good(), step.failed))
        write_ledger(step.ledger, good, folder, failed=[*failed, *self._lost(step.ledger)])
        digest = fingerprint(step.good(), step.failures, repr(self.versions))
        built = datetime.now(UTC)
        return sign(
            folder, counts, digest=digest, name=f"{built:%Y%m%dT%H%M%S%f}Z-{digest[:8]}",
            built=f"{built:%Y-%m-%dT%H:%M:%SZ}", roots=step.ledger.roots,
            configuration=(*self.versions, ("corpus", str(self.folder.path))),
        )  # fmt: skip

    def _lost(self, ledger: Ledger) -> list[Stored]:
        """Return what the last generation knew of files that the scan could not take."""
        places = {str(lost.path.resolve()) for lost in ledger.lost}
        scanned = {str(source.path.resolve()) for source in ledger.sources} if places else set()
        return [report for report in self.known if report.path in places - scanned]

    def _add_known(self, stores: Build, step: Step) -> list[Planned]:
        """Add the reports that are in the cache; return those that are not."""
        to_read = []
        pending = step.pending()
        for done, report in enumerate(pending, start=1):
            document = self.cache.document(report.source)
            if document is None:
                to_read.append(report)
            else:
                stores.add(report, document, self.vocabularies)
                self.progress("indexing", done, len(pending))
        return to_read

    def _add_read(self, stores: Build, step: Step, to_read: Sequence[Planned]) -> None:
        """Read what has not been read before, and add each report as it comes."""
        waiting: dict[tuple[str, str], list[Planned]] = {}
        for report in to_read:
            # What this run has scanned is known to be as it was.
            failure = None if report.source in self.scanned_now else stale(report.source)
            if failure is not None:
                step.fail(report, failure)
            else:
                waiting.setdefault(_content(report.source), []).append(report)
        tasks = sorted((task_of(same[0].source) for same in waiting.values()), key=longest_first)
        workers = self.settings.worker_count
        with (
            half_read(self.settings.index) as folder,
            closing(read_all(tasks, workers=workers, limits=self.limits, at=folder)) as outcomes,
        ):
            for outcome in outcomes:
                of = waiting[outcome.task.sha256, outcome.task.media_type]
                self._take(outcome, of, stores=stores, step=step)
                self.progress("reading", self.read, len(tasks))

    def heard(self, outcome: Outcome) -> None:
        """Take note of what reading a file took, and what is to be said of it."""
        self.peak_worker_bytes = max(self.peak_worker_bytes, outcome.peak_bytes)
        if outcome.note:
            self.notes.append(f"{outcome.task.file}: {outcome.note}")

    def _take(self, outcome: Outcome, of: Sequence[Planned], *, stores: Build, step: Step) -> None:
        """Keep what became of a file, and add the reports that are made ``of`` it."""
        self.read += 1
        self.heard(outcome)
        for report in of:
            self.cache.keep(report.source, outcome.result)
            if isinstance(outcome.result, Failure):
                step.fail(report, replace(outcome.result, file=label(report.source)))
            else:
                stores.add(report, from_json(outcome.result), self.vocabularies)

    def _summary(self, manifest: Manifest, step: Step, found: Scan, *, published: bool) -> Summary:
        return Summary(
            generation=manifest.generation,
            fingerprint=manifest.fingerprint,
            published=published,
            read=self.read,
            reports=manifest.reports,
            pages=manifest.pages,
            pages_without_text=manifest.pages_without_text,
            passages=manifest.passages,
            quarantined=tuple(sorted(step.failures, key=lambda failure: failure.file)),
            ignored=found.ignored,
            notes=tuple(self.notes),
            seconds=time.monotonic() - self.started,
            peak_worker_bytes=self.peak_worker_bytes,
            **asdict(fates(step, found, self.stored)),
        )


def _content(source: Source) -> tuple[str, str]:
    return source.sha256, source.media_type


def longest_first(task: Task) -> tuple[int, str]:
    """Return what sorts tasks by size, so that nobody waits at the end for one long report."""
    return -task.size_bytes, task.sha256


def task_of(source: Source) -> Task:
    """Return the task of reading ``source``."""
    return Task(
        source.path, source.file, source.media_type, source.sha256, source.size_bytes,
        source.offset, source.length,
    )  # fmt: skip

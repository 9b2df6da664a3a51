"""What is wrong with an index, and what to do about it.

The live generation is read through, part by part; what a killed run left behind is found beside
it. Nothing is changed. Who only asks whether the live generation is whole gets the first of what
is wrong with it as an error.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from searcher.errors import DamagedIndexError, IndexStoreError, IndexVersionError, NoIndexError
from searcher.frozen import dataclass
from searcher.index.generations import (
    BUILDING,
    NEW_POINTER,
    folder_of,
    is_being_built,
    names,
    surplus,
)
from searcher.index.manifest import read_manifest
from searcher.index.snapshot import open_snapshot
from searcher.ingest.cache import FOLDER as EXTRACTED
from searcher.ingest.cache import UNFINISHED
from searcher.ingest.half_read import FOLDER as READING
from searcher.ingest.ledger import read_ledger, read_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from searcher.index.manifest import Manifest
    from searcher.index.snapshot import Snapshot

LEFT = (BUILDING, READING, NEW_POINTER, f"{EXTRACTED}/{UNFINISHED}")
"""What only a run that was killed leaves in an index."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an index, and what helps.

    With damage, answers cannot be trusted; anything else only takes room.
    """

    problem: str
    hint: str
    is_damage: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found; ``manifest`` is that of the live generation, if it can be read."""

    manifest: Manifest | None
    findings: tuple[Finding, ...]

    @property
    def exit_status(self) -> int:
        """0: all is well; 1: something is left over; 3: something is damaged."""
        if any(finding.is_damage for finding in self.findings):
            return IndexStoreError.exit_status
        return 1 if self.findings else 0


def check(index: Path) -> Manifest:
    """Return the manifest of the live generation, all of whose parts have been read through.

    Raises:
        IndexStoreError: it is not there, damaged, or of another version.
    """
    with open_snapshot(index) as snapshot:
        for part in _checks(snapshot):
            part()
        return snapshot.manifest


def examine(index: Path, *, keep: int) -> Examination:
    """Return all that is wrong with ``index``, which is to keep so many generations.

    Raises:
        NoIndexError: there is none.
    """
    manifest = None
    findings: list[Finding] = []
    try:
        with open_snapshot(index) as snapshot:
            manifest = snapshot.manifest
            findings += _broken(snapshot)
    except IndexStoreError as error:
        if isinstance(error, NoIndexError) and not names(index):
            raise
        findings.append(_damage(error))
    if not is_being_built(index):
        findings += _left(index)
    findings += _others(index, keep=keep)
    return Examination(manifest, tuple(findings))


def _checks(snapshot: Snapshot) -> tuple[Callable[[], None], ...]:
    return (lambda: _check_sources(snapshot.folder), *snapshot.checks())


def _check_sources(folder: Path) -> None:
    """Read what a rebuild of the generation at ``folder`` would start from."""
    try:
        read_ledger(folder)
        read_stored(folder)
    except DamagedIndexError as exc:
        msg = f"{exc.message}; a rebuild starts from it"
        hint = "searcher ingest PATH reads the reports again, searcher rollback goes back"
        raise DamagedIndexError(msg, hint=hint) from exc


def _broken(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield each part of the live generation that is not as it has to be."""
    told: set[str] = set()
    for part in _checks(snapshot):
        try:
            part()
        except IndexStoreError as error:
            what = error.message.partition(";")[0]
            if what not in told:
                yield _damage(error)
            told.add(what)


def _damage(error: IndexStoreError) -> Finding:
    return Finding(error.message.removeprefix("index: "), error.hint, is_damage=True)


def _left(index: Path) -> Iterator[Finding]:
    """Yield what a killed run left behind."""
    for name in LEFT:
        if (index / name).exists():
            problem = f"{name} was left by a run that was killed"
            yield Finding(problem, "the next searcher ingest takes it away")


def _others(index: Path, *, keep: int) -> Iterator[Finding]:
    """Yield what is to be said of the generations that are not live."""
    with suppress(IndexStoreError):
        gone = surplus(index, keep=keep)
        if gone:
            problem = f"generations are kept that are not among the {keep} newest: {len(gone)}"
            yield Finding(problem, "searcher prune removes them")
    for name in names(index):
        try:
            read_manifest(folder_of(index, name))
        except IndexVersionError:
            continue  # an earlier searcher can go back to it
        except IndexStoreError as error:
            problem = f"generation {name}: {error.message.removeprefix('index: ')}"
            yield Finding(problem, "searcher rollback passes over it")

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
    FOLDER,
    LIVE,
    NEW_POINTER,
    folder_of,
    is_being_built,
    live_name,
    names,
    surplus,
)
from searcher.index.manifest import read_manifest
from searcher.index.snapshot import open_snapshot
from searcher.ingest.cache import FOLDER as EXTRACTED
from searcher.ingest.cache import UNFINISHED
from searcher.ingest.half_read import FOLDER as READING
from searcher.ingest.ledger import FILE_NAME as SOURCES
from searcher.ingest.ledger import read_ledger, read_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from searcher.index.manifest import Manifest
    from searcher.index.snapshot import Snapshot

LEFT = (BUILDING, READING, NEW_POINTER, f"{EXTRACTED}/{UNFINISHED}")
"""What only a run that was killed leaves in an index."""

REBUILT = "searcher rebuild makes the index anew"
AGAIN = "searcher ingest PATH makes the index anew"
BACK = "searcher rollback goes back to the newest generation that is whole"


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
            errors = _broken(snapshot)
    except IndexStoreError as error:
        if isinstance(error, NoIndexError) and not names(index):
            raise
        errors = [error]
    findings += (_damage(index, error, errors) for error in errors)
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


def _broken(snapshot: Snapshot) -> list[IndexStoreError]:
    """Return an error for each part of the live generation that is not as it has to be."""
    told: dict[str, IndexStoreError] = {}
    for part in _checks(snapshot):
        try:
            part()
        except IndexStoreError as error:
            told.setdefault(error.message.partition(";")[0], error)
    return list(told.values())


def _damage(index: Path, error: IndexStoreError, errors: Sequence[IndexStoreError]) -> Finding:
    """Return what ``error``, one of the ``errors`` of the live generation, says to a person."""
    name = _live(index)
    if not name or not isinstance(error, DamagedIndexError):
        return Finding(error.message, error.hint, is_damage=True)
    if not folder_of(index, name).is_dir():
        there = bool(names(index))
        hint = BACK if there else AGAIN
        return Finding(f"{LIVE} names generation {name}, which is gone", hint, is_damage=True)
    is_sourced = not any(SOURCES in one.message for one in errors) and _has_sources(index, name)
    ways = [REBUILT if is_sourced else AGAIN]
    if names(index)[0] < name:
        ways.append(BACK)
    return Finding(error.message.removeprefix("index: "), ", ".join(ways), is_damage=True)


def _live(index: Path) -> str:
    """Return the name of the live generation, or nothing where none can be told."""
    try:
        return live_name(index)
    except IndexStoreError:
        return ""


def _has_sources(index: Path, name: str) -> bool:
    """Tell whether the generation ``name`` can be rebuilt."""
    try:
        _check_sources(folder_of(index, name))
    except IndexStoreError:
        return False
    return True


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
        if name == _live(index):
            continue  # it has been told of
        try:
            read_manifest(folder_of(index, name))
        except IndexVersionError:
            continue  # an earlier searcher can go back to it
        except IndexStoreError as error:
            problem = f"generation {name}: {error.message.removeprefix('index: ')}"
            hint = f"searcher rollback passes over it, and {FOLDER}/{name} may be deleted"
            yield Finding(problem, hint)

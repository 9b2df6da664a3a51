"""Generations on disk: one is live, a build happens beside it, publishing is one rename.

A generation never changes once published, so whoever has its files open keeps them until done,
even where it is removed meanwhile. One process builds at a time; the lock goes with the process,
however that ends.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.errors import BusyIndexError, DamagedIndexError, NoIndexError, StorageError
from searcher.frozen import dataclass
from searcher.index.manifest import not_allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

LIVE = "LIVE"
FOLDER = "generations"
BUILDING = "building"
LOCK = ".lock"
NEW_POINTER = "LIVE.new"
"""The pointer while it is written."""

STORAGE_ERRORS = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO,
    errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG,
})  # fmt: skip


@contextmanager
def storage(index: Path) -> Iterator[None]:
    """Turn an error of the disk into a ``StorageError`` about ``index``."""
    try:
        yield
    except OSError as exc:
        if exc.errno not in STORAGE_ERRORS:
            raise
        msg = f"{exc.filename or index}: {os.strerror(exc.errno or 0)}"
        raise StorageError(msg, hint=_way_out(index)) from exc


def _way_out(index: Path) -> str:
    """Return what helps when ``index`` cannot be written."""
    hint = "make room, or choose another --index"
    return f"the former index is still live; {hint}" if (index / LIVE).is_file() else hint


@contextmanager
def locked(index: Path, *, make: bool = False) -> Iterator[None]:
    """Hold the right to build in ``index``; ``make`` the folder if it is not there.

    A folder that was made and then not filled is not left behind.

    Raises:
        NoIndexError: there is no such folder, and none is to be made.
        BusyIndexError: another process holds the right.
        StorageError: the folder may not be written.
    """
    if not make and not index.is_dir():
        with storage(index):
            live_name(index)
    made = [folder for folder in (index, *index.parents) if not folder.exists()]
    try:
        with storage(index):
            index.mkdir(parents=True, exist_ok=True)
            handle = (index / LOCK).open("a")
        with _held(handle, index):
            yield
    finally:
        if made and [path.name for path in index.glob("*")] == [LOCK]:
            (index / LOCK).unlink()
        _remove_empty(made)


def is_being_built(index: Path) -> bool:
    """Tell whether a process builds in ``index`` now; nothing is written to find out."""
    try:
        with (index / LOCK).open("rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def _held(handle: TextIO, index: Path) -> Iterator[None]:
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            msg = f"{index}: another process is building this index"
            raise BusyIndexError(
                msg, hint="wait until it is done, or choose another --index"
            ) from exc
        yield


def _remove_empty(folders: Iterable[Path]) -> None:
    """Remove ``folders``, the innermost first, up to one that holds something."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _remove_tree(folder: Path, *, ignore_errors: bool = False) -> None:
    """Remove ``folder`` and all in it; a search does without what does that."""
    from shutil import rmtree

    rmtree(folder, ignore_errors=ignore_errors)


def live_name(index: Path) -> str:
    """Return the name of the live generation.

    Raises:
        NoIndexError: there is none.
        DamagedIndexError: its name cannot be read.
        StorageError: it may not be read.
    """
    try:
        name = (index / LIVE).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as exc:
        msg = f"{index}: there is no index yet"
        raise NoIndexError(msg, hint="searcher ingest PATH reads reports and makes one") from exc
    except PermissionError as exc:
        raise not_allowed(index / LIVE) from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise _no_pointer(index) from exc
    if name in {"", ".", ".."} or Path(name).name != name or "\0" in name:
        raise _no_pointer(index)
    return name


def _no_pointer(index: Path) -> DamagedIndexError:
    hint = "searcher rollback points it to the newest generation that is whole"
    return DamagedIndexError(f"{index / LIVE}: names no generation", hint=hint)


def names(index: Path) -> tuple[str, ...]:
    """Return the names of the generations, oldest first."""
    folder = index / FOLDER
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def folder_of(index: Path, name: str) -> Path:
    """Return where the generation ``name`` lies."""
    return index / FOLDER / name


def clear_left(index: Path) -> None:
    """Take away what a killed build left; the lock is held."""
    _remove_tree(index / BUILDING, ignore_errors=True)
    with storage(index):
        (index / NEW_POINTER).unlink(missing_ok=True)


@contextmanager
def building(index: Path) -> Iterator[Path]:
    """Give an empty folder to build in; it is gone afterwards unless it was published."""
    folder = index / BUILDING
    _remove_tree(folder, ignore_errors=True)
    with storage(index):
        folder.mkdir(parents=True)
        try:
            yield folder
        except StorageError as exc:
            exc.hint = _way_out(index)
            raise
        finally:
            _remove_tree(folder, ignore_errors=True)


def publish(index: Path, built: Path, name: str) -> None:
    """Make what was ``built`` the live generation ``name``: written through, then renamed."""
    for path in (*built.rglob("*"), built):
        _write_through(path)
    target = folder_of(index, name)
    target.parent.mkdir(exist_ok=True)
    built.rename(target)
    _write_through(target.parent)
    point_to(index, name)


def point_to(index: Path, name: str) -> None:
    """Make ``name`` the live generation by one atomic rename."""
    pointer = index / NEW_POINTER
    pointer.write_text(name + "\n", encoding="utf-8")
    _write_through(pointer)
    pointer.replace(index / LIVE)
    _write_through(index)


@dataclass(frozen=True, slots=True)
class Rollback:
    """The generation that is live now, and the later ones that were passed over as broken."""

    generation: str
    skipped: tuple[str, ...] = ()


def rollback(index: Path, *, whole: Callable[[Path], bool]) -> Rollback:
    """Make the newest generation before the live one live that is ``whole``.

    Where the live one is gone, or cannot be told, all there are count as before it.

    Raises:
        NoIndexError: there is none before it, or none of them is whole.
    """
    with locked(index), storage(index):
        there = names(index)
        try:
            live = live_name(index)
        except DamagedIndexError:
            live = ""
        earlier = [name for name in there if name < live] if live in there else list(there)
        skipped: list[str] = []
        while earlier and not whole(folder_of(index, earlier[-1])):
            skipped.append(earlier.pop())
        if not earlier:
            raise _nothing_before(live or str(index), skipped)
        point_to(index, earlier[-1])
        return Rollback(earlier[-1], tuple(skipped))


def _nothing_before(live: str, skipped: list[str]) -> NoIndexError:
    if not skipped:
        msg = f"{live}: there is no generation before it"
        return NoIndexError(msg, hint="searcher status lists them")
    msg = f"{live}: no generation before it is whole, not {', '.join(skipped)}"
    return NoIndexError(msg, hint="searcher rebuild or searcher ingest PATH makes a new one")


def surplus(index: Path, *, keep: int) -> tuple[str, ...]:
    """Return the generations that are neither live nor among the ``keep`` newest."""
    kept = {live_name(index), *sorted(names(index), reverse=True)[:keep]}
    return tuple(name for name in names(index) if name not in kept)


def prune(index: Path, *, keep: int) -> tuple[str, ...]:
    """Delete all but the live generation and the ``keep`` newest; return what was deleted."""
    with locked(index):
        return prune_locked(index, keep=keep)


def prune_locked(index: Path, *, keep: int) -> tuple[str, ...]:
    """As ``prune``, for whoever holds the lock."""
    gone = surplus(index, keep=keep)
    with storage(index):
        for name in gone:
            _remove_tree(folder_of(index, name))
    return gone


def _write_through(path: Path) -> None:
    """Ask the disk to hold ``path`` before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""What lies in the corpus: every report below the folders given, hashed, none read whole.

The rule for what is a report: any file with a known extension, except ``README*``. Left out
are hidden files and folders, and at the top of a folder what people write beside the reports
(``vocabulary/``, ``saved/``). A link to a folder is not followed; a link to a file is, if the
file lies inside the folder. Everything else is counted in ``Scan.ignored``.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.corpus.records import MAX_RECORD_BYTES, records
from searcher.corpus.source import RECORD, Source, media_type_of
from searcher.errors import NothingToReadError, Reason
from searcher.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAX_SIZE_BYTES = 512 * 1024 * 1024
BESIDE_THE_REPORTS = frozenset({"vocabulary", "saved"})


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found, by path, then by line; a file or line is in just one of the three."""

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    ignored: tuple[str, ...]


def scan(
    paths: Sequence[Path],
    *,
    on_progress: Callable[[str], None] | None = None,
    max_size_bytes: int = MAX_SIZE_BYTES,
) -> Scan:
    """Find the reports in ``paths``, files or folders; ``on_progress`` hears of each file.

    A file that is reached twice is one source; files of equal content are as many sources as
    there are files. Where two folders hold a report of the same name, the second is named with
    its folder before it.

    Raises:
        NothingToReadError: one of ``paths`` does not exist.
    """
    walk = _Walk()
    for path in paths:
        _walk_path(path, walk)
    sources: list[Source] = []
    failures = [(failure.file, failure) for failure in walk.failures]
    for file, path in sorted(walk.files.items()):
        if on_progress is not None:
            on_progress(file)
        for found in _sources(file, path, max_size_bytes):
            if isinstance(found, Source):
                sources.append(found)
            else:
                failures.append((file, found))
    return Scan(
        tuple(sources),
        tuple(failure for _, failure in sorted(failures, key=itemgetter(0))),
        tuple(sorted(walk.ignored)),
    )


@dataclass(slots=True)
class _Walk:
    """What was met so far: files by name, and the places they lie at."""

    files: dict[str, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def take(self, path: Path, root: Path) -> None:
        """Take the file at ``path`` unless it is taken already."""
        place = path.resolve()
        if place in self.taken:
            return
        self.taken.add(place)
        file = _name(path, root)
        if file in self.files:
            file = _name(path, root.parent)
        if file in self.files:
            file = _name(path, Path(root.anchor))
        self.files[file] = path


def _name(path: Path, root: Path) -> str:
    """Return ``path`` below ``root`` in code points that any output can hold."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")


def _walk_path(path: Path, walk: _Walk) -> None:
    root = path.resolve()
    if root.is_dir():
        links: list[Path] = []
        for found in _files_below(root, walk):
            _sort_file(found, root, (walk, links))
        for link in links:
            _sort_link(link, root, walk)
    elif root.is_file():
        # Not resolved: a link is known by the name that the user gave it.
        _sort_file(path.absolute(), path.absolute().parent, (walk, None))
    else:
        msg = f"{path} is not there"
        raise NothingToReadError(msg, hint="give a file or a folder of reports")


def _sort_file(path: Path, root: Path, to: tuple[_Walk, list[Path] | None]) -> None:
    walk, links = to
    is_readme = path.name.lower().startswith("readme")
    if media_type_of(path) is None or is_readme:
        walk.ignored.append(_name(path, root))
    elif links is not None and path.is_symlink():
        links.append(path)
    elif path.is_file():
        walk.take(path, root)
    else:
        walk.ignored.append(_name(path, root))


def _sort_link(link: Path, root: Path, walk: _Walk) -> None:
    """Take what a link inside a folder leads to, or say why not; files themselves come first."""
    if not link.is_file():
        detail, hint = "is a link to nothing that can be read", "remove the link"
    elif not link.resolve().is_relative_to(root):
        detail, hint = "is a link out of the folder", "copy the file into the folder"
    elif link.resolve() in walk.taken:
        walk.ignored.append(_name(link, root))
        return
    else:
        walk.take(link, root)
        return
    walk.failures.append(Failure(_name(link, root), None, Reason.UNREADABLE, detail, hint))


def _files_below(root: Path, walk: _Walk) -> Iterator[Path]:
    """Yield every file and link below ``root`` that is not hidden, in the order of its path."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as exc:
            file = _name(folder, root) + "/"
            walk.failures.append(_unreadable(file, exc))
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if folder == root and entry.name in BESIDE_THE_REPORTS:
                    walk.ignored.append(entry.name + "/")
                else:
                    folders.append(path)
            else:
                yield path


def _sources(file: str, path: Path, max_size_bytes: int) -> Iterator[Source | Failure]:
    """Yield what the file at ``path`` holds: itself, its records, or why it cannot be read."""
    media_type = media_type_of(path)
    try:
        size_bytes = path.stat().st_size
        if size_bytes == 0:
            sha256 = hashlib.sha256(b"").hexdigest()
            yield Failure(file, sha256, Reason.DAMAGED, "is empty", "download the file again")
        elif media_type == RECORD:
            yield from records(file, path, max_size_bytes=min(max_size_bytes, MAX_RECORD_BYTES))
        elif size_bytes > max_size_bytes:
            detail = f"holds {size_bytes:,} bytes, the limit is {max_size_bytes:,}"
            yield Failure(file, None, Reason.TOO_LARGE, detail, "split it, or raise the limit")
        else:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            yield Source(path, file, media_type or "", sha256, size_bytes)
    except OSError as exc:
        yield _unreadable(file, exc)


def _unreadable(file: str, error: OSError) -> Failure:
    detail = error.strerror or type(error).__name__
    return Failure(file, None, Reason.UNREADABLE, detail, "check who may read the file")

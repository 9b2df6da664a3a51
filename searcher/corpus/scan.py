"""What lies in the corpus: every report below the folders given, hashed, none read whole.

The rule for what is a report: any file with a known extension, except a ``README*`` of plain
text. Left out are hidden files and folders, the index, and at the top of the corpus folder what
people write beside the reports (``vocabulary/``, ``saved/``). A link to a folder is not
followed; a link to a file is, if the file lies inside the folder. Everything left out is counted
in ``Scan.ignored``: a file by its name, a folder by its own and those of the reports in it.
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
from searcher.corpus.vocabulary import VOCABULARY
from searcher.errors import NothingToReadError, Reason
from searcher.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAX_SIZE_BYTES = 512 * 1024 * 1024
BESIDE_THE_REPORTS = frozenset({VOCABULARY, "saved"})
README_ENDINGS = frozenset({".md", ".markdown", ".txt"})
PARTS_OF_INDEX = ("generations", "extracted", "building")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan found, by path, then by line; a file or line is in just one of the three.

    ``lost_at`` is where the file of each failure lies.
    """

    sources: tuple[Source, ...]
    failures: tuple[Failure, ...]
    ignored: tuple[str, ...]
    lost_at: tuple[Path, ...] = ()


def scan(
    paths: Sequence[Path],
    *,
    on_progress: Callable[[str], None] | None = None,
    max_size_bytes: int = MAX_SIZE_BYTES,
    corpus: Path | None = None,
    index: Path | None = None,
) -> Scan:
    """Find the reports in ``paths``, files or folders; ``on_progress`` hears of each file.

    A file that is reached twice is one source; files of equal content are as many sources as
    there are files. Where two folders hold a report of the same name, the second in the order
    of their paths is named with its folder before it. The order of ``paths`` is of no account.

    Raises:
        NothingToReadError: one of ``paths`` does not exist.
    """
    walk = _Walk(beside=_beside(corpus), derived=_derived(index))
    for path in sorted(paths, key=lambda path: (path.resolve(), path.absolute())):
        _walk_path(path, walk)
    sources: list[Source] = []
    failures = [(failure.file, failure, path) for failure, path in walk.failures]
    for file, path in sorted(walk.files.items()):
        if on_progress is not None:
            on_progress(file)
        for found in _sources(file, path, max_size_bytes):
            if isinstance(found, Source):
                sources.append(found)
            else:
                failures.append((file, found, path))
    failures.sort(key=itemgetter(0))
    return Scan(
        tuple(sources),
        tuple(failure for _, failure, _ in failures),
        tuple(sorted(walk.ignored)),
        tuple(path for _, _, path in failures),
    )


def _beside(corpus: Path | None) -> frozenset[Path]:
    """Return the folders of ``corpus`` that hold no reports."""
    return frozenset(corpus.resolve() / name for name in BESIDE_THE_REPORTS if corpus)


def _derived(index: Path | None) -> frozenset[Path]:
    """Return the folder of the index and, since a corpus may lie in it, those it is made of."""
    if index is None:
        return frozenset()
    top = index.resolve()
    return frozenset({top, *(top / name for name in PARTS_OF_INDEX)})


@dataclass(slots=True)
class _Walk:
    """What was met so far: files by name, and the places they lie at; folders to leave out."""

    beside: frozenset[Path] = frozenset()
    derived: frozenset[Path] = frozenset()
    files: dict[str, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)
    failures: list[tuple[Failure, Path]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def leaves(self, folder: Path) -> bool:
        """Tell whether ``folder`` holds no reports, whatever is in it."""
        return folder in self.beside or folder in self.derived

    def leave(self, folder: Path, root: Path) -> None:
        """Leave out ``folder``, and name the reports that people may have put into it."""
        self.ignored.append(_name(folder, root) + "/")
        if folder in self.beside:
            found = (path for path in folder.rglob("*") if _is_named_as_report(path))
            self.ignored += (_name(path, root) for path in found)

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


def _is_named_as_report(path: Path) -> bool:
    """Tell whether the name of ``path`` is one of a report: a README is none, as plain text."""
    is_readme = path.name.lower().startswith("readme") and path.suffix.lower() in README_ENDINGS
    return media_type_of(path) is not None and not is_readme


def _walk_path(path: Path, walk: _Walk) -> None:
    root = path.resolve()
    parts = (folder for folder in walk.derived if folder.parent in walk.derived)
    if any(root.is_relative_to(folder) for folder in parts):
        walk.ignored.append(_name(root, root.parent))
    elif root.is_dir():
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
    if not _is_named_as_report(path):
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
    failure = Failure(_name(link, root), None, Reason.UNREADABLE, detail, hint)
    walk.failures.append((failure, link))


def _files_below(root: Path, walk: _Walk) -> Iterator[Path]:
    """Yield every file and link below ``root`` that may be a report, in the order of its path."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as exc:
            file = _name(folder, root) + "/"
            walk.failures.append((_unreadable(file, exc), folder))
            continue
        for entry in entries:
            path = Path(entry.path)
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and (entry.name.startswith(".") or walk.leaves(path)):
                walk.leave(path, root)
            elif is_folder:
                folders.append(path)
            elif entry.name.startswith("."):
                walk.ignored.append(_name(path, root))
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
            hint = f"split it, or raise --file-size over {max_size_bytes // 1_000_000}"
            yield Failure(file, None, Reason.TOO_LARGE, detail, hint)
        else:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            yield Source(path, file, media_type or "", sha256, size_bytes)
    except OSError as exc:
        yield _unreadable(file, exc)


def _unreadable(file: str, error: OSError) -> Failure:
    detail = error.strerror or type(error).__name__
    return Failure(file, None, Reason.UNREADABLE, detail, "check who may read the file")

"""Every source of a generation, whatever became of it: ``sources.jsonl`` beside its manifest.

It is what a rebuild starts from, even where the library is damaged or of another version.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searcher.corpus.folder import CorpusFolder
from searcher.corpus.source import Source
from searcher.errors import Reason
from searcher.failure import Failure
from searcher.index.entry import Stored
from searcher.index.manifest import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE_NAME = "sources.jsonl"


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that the scan itself could not take, and where it lies."""

    path: Path
    failure: Failure


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was ingested: ``roots`` are the paths given, resolved, in the order of their coming.

    ``corpus`` is the folder whose catalogue and vocabularies it was described with, ``None``
    where an earlier version did not keep it.
    """

    roots: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()
    lost: tuple[Lost, ...] = ()
    corpus: CorpusFolder | None = None

    def elsewhere(self, paths: Sequence[Path]) -> Ledger:
        """Return the part of this ledger that does not come from ``paths``, resolved ones."""
        below = {
            path
            for path in {source.path for source in self.sources}
            if _is_below(path, paths) or _is_below(path.resolve(), paths)
        }
        return Ledger(
            tuple(root for root in self.roots if not _is_below(root, paths)),
            tuple(source for source in self.sources if source.path not in below),
            tuple(
                lost
                for lost in self.lost
                if not _is_below(lost.path, paths) and not _is_below(lost.path.resolve(), paths)
            ),
            self.corpus,
        )

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(
            self.roots + other.roots, self.sources + other.sources, self.lost + other.lost,
            other.corpus or self.corpus,
        )  # fmt: skip


def write_ledger(
    ledger: Ledger, stored: Sequence[Stored], folder: Path, *, failed: Sequence[Stored] = ()
) -> None:
    """Write ``ledger`` into the generation at ``folder``, one JSON object a line.

    ``stored`` are the reports it became, ``failed`` those that it would have become: later
    generations go on with the ids of both.
    """
    corpus = (ledger.corpus,) if ledger.corpus else ()
    kinds = (
        ("source", ledger.sources), ("lost", ledger.lost), ("report", stored), ("failed", failed),
        ("corpus", corpus),
    )  # fmt: skip
    with (folder / FILE_NAME).open("w", encoding="utf-8") as file:
        for kind, rows in kinds:
            for row in rows:
                print(json.dumps({kind: asdict(row)}, default=str), file=file)
        for root in ledger.roots:
            print(json.dumps({"root": str(root)}), file=file)


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger of the generation at ``folder``.

    Raises:
        DamagedIndexError: it is missing or cannot be read.
    """
    roots: list[Path] = []
    sources: list[Source] = []
    lost: list[Lost] = []
    corpus: CorpusFolder | None = None
    with _as_damage(folder):
        for kind, row in _rows(folder):
            match kind:
                case "source":
                    sources.append(Source(**row | {"path": Path(row["path"])}))
                case "lost":
                    reason = Reason(row["failure"]["reason"])
                    failure = Failure(**row["failure"] | {"reason": reason})
                    lost.append(Lost(Path(row["path"]), failure))
                case "root":
                    roots.append(Path(row))
                case "corpus":
                    corpus = CorpusFolder(Path(row["path"]), tuple(row["parts"]))
    return Ledger(tuple(roots), tuple(sources), tuple(lost), corpus)


def read_stored(folder: Path, *, with_failed: bool = False) -> tuple[Stored, ...]:
    """Return the reports of the generation at ``folder``, without its library.

    ``with_failed`` adds those that its sources would have become, had they been read.

    Raises:
        DamagedIndexError: as ``read_ledger``.
    """
    kinds = {"report", "failed"} if with_failed else {"report"}
    with _as_damage(folder):
        return tuple(Stored(**row) for kind, row in _rows(folder) if kind in kinds)


def _rows(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield the kind and the value of each line."""
    for line in (folder / FILE_NAME).read_text(encoding="utf-8").splitlines():
        yield from json.loads(line).items()


@contextmanager
def _as_damage(folder: Path) -> Iterator[None]:
    try:
        yield
    except (
        OSError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as exc:
        hint = "searcher ingest makes it anew, searcher rollback goes back to the last one"
        raise damaged(folder / FILE_NAME, hint=hint) from exc


def _is_below(path: Path, folders: Sequence[Path]) -> bool:
    return any(path == folder or path.is_relative_to(folder) for folder in folders)

"""Every source of a generation, whatever became of it: ``sources.jsonl`` beside its manifest.

It is what a rebuild starts from, even where the library is damaged or of another version.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.corpus.source import Source
from searcher.errors import Reason
from searcher.failure import Failure
from searcher.index.manifest import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE_NAME = "sources.jsonl"


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that the scan itself could not take, and the path given that it was found under."""

    path: Path
    failure: Failure


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was ingested: ``roots`` are the paths given, resolved, in the order of their coming."""

    roots: tuple[Path, ...] = ()
    sources: tuple[Source, ...] = ()
    lost: tuple[Lost, ...] = ()

    def elsewhere(self, paths: Sequence[Path]) -> Ledger:
        """Return the part of this ledger that does not come from ``paths``."""
        return Ledger(
            tuple(root for root in self.roots if not _is_below(root, paths)),
            tuple(source for source in self.sources if not _is_below(source.path, paths)),
            tuple(lost for lost in self.lost if not _is_below(lost.path, paths)),
        )

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(
            self.roots + other.roots, self.sources + other.sources, self.lost + other.lost
        )


def write_ledger(ledger: Ledger, folder: Path) -> None:
    """Write ``ledger`` into the generation at ``folder``, one JSON object a line."""
    with (folder / FILE_NAME).open("w", encoding="utf-8") as file:
        for kind, rows in (("source", ledger.sources), ("lost", ledger.lost)):
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
    try:
        for line in (folder / FILE_NAME).read_text(encoding="utf-8").splitlines():
            for kind, row in json.loads(line).items():
                if kind == "source":
                    sources.append(Source(**row | {"path": Path(row["path"])}))
                elif kind == "lost":
                    reason = Reason(row["failure"]["reason"])
                    failure = Failure(**row["failure"] | {"reason": reason})
                    lost.append(Lost(Path(row["path"]), failure))
                else:
                    roots.append(Path(row))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as exc:
        raise damaged(folder / FILE_NAME) from exc
    return Ledger(tuple(roots), tuple(sources), tuple(lost))


def _is_below(path: Path, folders: Sequence[Path]) -> bool:
    return any(path == folder or path.is_relative_to(folder) for folder in folders)

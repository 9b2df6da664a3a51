"""The corpus folder in force: the one whose catalogue and vocabularies describe the reports.

A folder that holds neither says nothing, so it never takes away what another one said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searcher.config import DEFAULTS
from searcher.corpus.catalogue import FILE_NAME as CATALOGUE
from searcher.corpus.vocabulary import COLUMNS, VOCABULARY
from searcher.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CorpusFolder:
    """A folder, and which of ``catalogue.csv`` and ``vocabulary`` it holds."""

    path: Path
    parts: tuple[str, ...] = ()


def look_at(folder: Path) -> CorpusFolder:
    """Return what ``folder`` holds of what people write about reports."""
    parts = [CATALOGUE] if (folder / CATALOGUE).exists() else []
    if any((folder / VOCABULARY / name).exists() for name in COLUMNS):
        parts.append(VOCABULARY)
    return CorpusFolder(folder.resolve(), tuple(parts))


def choose(configured: Path, paths: Sequence[Path], former: CorpusFolder | None) -> CorpusFolder:
    """Return the folder in force: the first that holds anything of what people write.

    That is the ``configured`` one unless it is the default, the one path that is ingested, the
    default, and the ``former`` one, which described the live generation.

    Raises:
        ConfigError: what described the live generation is not there any more.
    """
    asked = [configured] if configured != DEFAULTS.corpus else []
    candidates = [*asked, *(paths if len(paths) == 1 else ()), configured]
    candidates += [former.path] if former else []
    found = (look_at(folder) for folder in candidates)
    chosen = next((folder for folder in found if folder.parts), look_at(configured))
    if former and (not chosen.parts or chosen.path == former.path):
        _check_all_there(former, chosen)
    return chosen


def _check_all_there(former: CorpusFolder, now: CorpusFolder) -> None:
    lost = [part for part in former.parts if part not in now.parts]
    if lost:
        msg = f"{former.path}: {' and '.join(lost)}, which described this index, is not there"
        hint = "--corpus DIR names the folder that has it; one without rows says that there is none"
        raise ConfigError(msg, hint=hint)

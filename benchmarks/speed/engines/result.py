"""All that was measured over one collection, as it is kept beside the collection."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from benchmarks.speed.engines.build import Built
from benchmarks.speed.engines.cold import Cold
from benchmarks.speed.engines.resident import Resident
from benchmarks.speed.engines.warm import Times

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "result.json"


@dataclass(frozen=True, slots=True)
class Result:
    """Figures by engine's name; ``warm`` by kind of question first, ``cold`` by command."""

    passages: int
    versions: Mapping[str, str]
    warm: Mapping[str, Mapping[str, Times]]
    built: Mapping[str, Built]
    resident: Mapping[str, Resident] = field(default_factory=dict)
    cold: Mapping[str, Cold] = field(default_factory=dict)


def save_result(result: Result, folder: Path) -> None:
    """Write ``result`` into ``folder``."""
    (folder / FILE).write_text(json.dumps(asdict(result), indent=2) + "\n", encoding="utf-8")


def load_result(folder: Path) -> Result:
    """Return what ``save_result`` wrote."""
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return Result(
        passages=told["passages"],
        versions=told["versions"],
        warm={
            kind: {name: Times(**times) for name, times in by_name.items()}
            for kind, by_name in told["warm"].items()
        },
        built={name: Built(**one) for name, one in told["built"].items()},
        resident={name: Resident(**one) for name, one in told["resident"].items()},
        cold={name: Cold(**one) for name, one in told["cold"].items()},
    )

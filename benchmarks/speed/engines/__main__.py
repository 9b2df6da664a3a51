"""The engine beside its peers over the same made passages: one table, its ratios, and JSON.

usage: python -m benchmarks.speed.engines --passages 100000 [--peers tantivy,fts5] [--work DIR]
           [--index DIR] [--again searcher] [--each 100]

Collections and indexes are kept in ``--work`` and used again; ``--again`` names engines to build
anew. ``--index`` is an index of real reports that sentences are taken from, needed the first time.
The figures are written as ``result.json`` beside the collection.
"""

from __future__ import annotations

import argparse
import json
import shutil
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from benchmarks.speed.engines.build import Built, build_apart
from benchmarks.speed.engines.cold import Cold, cold_times
from benchmarks.speed.engines.engines import OURS, PLACES, installed
from benchmarks.speed.engines.making import QUESTIONS, REPORTS, load_laws, make
from benchmarks.speed.engines.questions import load_questions
from benchmarks.speed.engines.resident import resident_apart
from benchmarks.speed.engines.result import FILE, Result, load_result, save_result
from benchmarks.speed.engines.table import report
from benchmarks.speed.engines.warm import Times, warm_times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.speed.engines.engine import Engine

INDEX = "index"
MOST = MappingProxyType({"whoosh": 10_000, "fts5": 100_000, "xapian": 100_000, "bm25s": 100_000})
"""Passages beyond which an engine takes too long to be built, or to answer."""


def main() -> None:
    """Make, build, measure, print."""
    given = _options().parse_args()
    folder = make(given.work, given.passages, each=given.each, index=given.index)
    wanted = [OURS, *(name for name in given.peers.split(",") if name)]
    engines = installed(name for name in wanted if given.passages <= MOST.get(name, 10**9))
    again = given.again.split(",")
    result = Result(
        passages=given.passages,
        versions={name: one.version for name, one in engines.items()},
        built={name: _built(name, folder, again=name in again) for name in engines},
        warm=_warm(engines, folder),
        resident=_resident(engines, folder),
        cold=_cold(engines, folder),
    )
    save_result(result, folder)
    print(report(result, load_laws(folder), earlier=_others(given.work, given.passages)))


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--passages", type=int, default=10_000)
    options.add_argument("--peers", default=",".join(name for name in PLACES if name != OURS))
    options.add_argument("--work", type=Path, default=Path("engines"))
    options.add_argument("--index", type=Path)
    options.add_argument("--again", default="")
    options.add_argument("--each", type=int, default=100)
    return options


def _built(name: str, folder: Path, *, again: bool) -> Built:
    """Return what the build took, of now or of when it was made."""
    at = folder / name
    record = at / "built.json"
    if again or not record.is_file():
        shutil.rmtree(at, ignore_errors=True)
        built = build_apart(name, folder / REPORTS, at / INDEX)
        record.write_text(json.dumps(asdict(built)) + "\n", encoding="utf-8")
    return Built(**json.loads(record.read_text(encoding="utf-8")))


def _warm(engines: Mapping[str, Engine[Any]], folder: Path) -> dict[str, dict[str, Times]]:
    with ExitStack() as stack:
        opened = {
            name: (stack.enter_context(closing(one.open(folder / name / INDEX))), one.kinds)
            for name, one in engines.items()
        }
        return warm_times(opened, load_questions(folder / QUESTIONS))


def _resident(engines: Mapping[str, Engine[Any]], folder: Path) -> dict[str, Any]:
    asked = folder / QUESTIONS
    found = {name: resident_apart(name, folder / name / INDEX, asked) for name in engines}
    return {name: one for name, one in found.items() if one is not None}


def _cold(engines: Mapping[str, Engine[Any]], folder: Path) -> dict[str, Cold]:
    if "fts5" not in engines:
        return {}
    ours, peer = (folder / name / INDEX for name in (OURS, "fts5"))
    return cold_times(ours, peer, load_questions(folder / QUESTIONS))


def _others(work: Path, passages: int) -> Sequence[Result]:
    """Return what was measured over collections of other sizes."""
    folders = (path.parent for path in work.glob(f"*/{FILE}"))
    return [load_result(one) for one in folders if one.name != str(passages)]


if __name__ == "__main__":
    main()

"""How long warm engines take to answer: each question three times, its least time counts."""

from __future__ import annotations

import gc
import math
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.speed.engines.engine import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.speed.engines.engine import Ask, Opened, Question

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds over the questions of one kind, and how many had no answer."""

    cpu_p50: float
    cpu_p99: float
    wall_p50: float
    wall_p99: float
    empty: int


def warm_times(
    engines: Mapping[str, tuple[Opened, frozenset[Kind]]], asked: Sequence[Question]
) -> dict[str, dict[str, Times]]:
    """Return of each kind, and each engine that answers it, the times.

    The engines take turns, all questions of a kind a turn, ``ROUNDS`` times: a machine that slows
    down slows all of them, and each works with its own warm caches. The first round warms them.
    """
    found: dict[str, dict[str, Times]] = {}
    for kind in Kind:
        asks = {
            name: [opened.ask(question) for question in asked if question.kind is kind]
            for name, (opened, kinds) in engines.items()
            if kind in kinds
        }
        gc.collect()
        gc.freeze()  # so that no engine pays for going over what another holds
        turns: dict[str, list[list[_Answer]]] = {name: [] for name in asks}
        for _ in range(ROUNDS):
            for name, mine in asks.items():
                turns[name].append([_timed(ask) for ask in mine])
        found[kind.value] = {name: _times(rounds) for name, rounds in turns.items()}
    return found


class _Answer(NamedTuple):
    """Milliseconds of one answer, CPU of all threads, and how many hits it has."""

    cpu: float
    wall: float
    hits: int


def _timed(ask: Ask) -> _Answer:
    wall, cpu = time.perf_counter(), time.process_time()
    hits = ask()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return _Answer(1000 * cpu, 1000 * wall, len(hits))


def _times(rounds: Sequence[Sequence[_Answer]]) -> Times:
    cpu = [min(one.cpu for one in answers) for answers in zip(*rounds, strict=True)]
    wall = [min(one.wall for one in answers) for answers in zip(*rounds, strict=True)]
    empty = sum(not answer.hits for answer in rounds[0])
    return Times(median(cpu), percentile(cpu, 0.99), median(wall), percentile(wall, 0.99), empty)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the least of ``values`` that ``share`` of them do not exceed."""
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]

"""Measurements as Markdown: what each engine took, and ours against its peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.speed.engines.cold import PEER
from benchmarks.speed.engines.engine import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.speed.engines.law import Laws
    from benchmarks.speed.engines.result import Result

OURS = "searcher"
BOUNDS = (
    ("tantivy", "cpu_p50", 1.5),
    ("fts5", "cpu_p50", 1.0),
    ("whoosh", "cpu_p50", 1 / 8),
    ("tantivy", "cpu_p99", 2.0),
)
"""A peer, a figure, and what ours over that of the peer may be at most, on every kind."""
MEGABYTE = 1_000_000


def report(result: Result, obeyed: Mapping[str, Laws], *, earlier: Sequence[Result]) -> str:
    """Return everything measured over one collection, which ``obeyed`` laws.

    ``earlier`` are the results over collections of other sizes.
    """
    versions = ", ".join(f"{name} {version}" for name, version in result.versions.items())
    parts = [
        f"{result.passages:,} passages; {versions}",
        "The words of the collection:\n\n" + _laws(obeyed),
        "Warm, milliseconds of CPU a question, median:\n\n" + _warm(result, "cpu_p50"),
        "The 99th percentile:\n\n" + _warm(result, "cpu_p99"),
        "Building:\n\n" + _built(result),
        "Ours over its peers, in bold what is more than is asked for:\n\n" + _verdicts(result),
        *([_growth([*earlier, result])] if earlier else []),
        *([_cold(result)] if result.cold else []),
        *([_resident(result)] if result.resident else []),
    ]
    return "\n\n".join(parts)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table, its numbers set to the right."""
    rule = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (header, rule, *rows))


def _laws(obeyed: Mapping[str, Laws]) -> str:
    rows = [
        [name, f"{law.words:,}", f"{law.vocabulary:,}", f"{law.zipf:.2f}", f"{law.heaps:.2f}",
         f"{law.once:.0%}"]
        for name, law in obeyed.items()
    ]  # fmt: skip
    return table(["", "words", "vocabulary", "Zipf slope", "Heaps exponent", "once"], rows)


def _warm(result: Result, figure: str) -> str:
    """Return a row for each kind: every engine's figure, then ours over each peer's."""
    peers = [name for name in result.versions if name != OURS]
    rows = []
    for kind in Kind:
        times = {n: float(getattr(t, figure)) for n, t in result.warm.get(kind, {}).items()}
        figures = [f"{times[n]:.3f}" if n in times else "–" for n in (OURS, *peers)]
        ratios = [f"{times[OURS] / times[n]:.2f}" if n in times else "–" for n in peers]
        rows.append([kind.value, *figures, *ratios])
    return table(["", OURS, *peers, *(f"/ {name}" for name in peers)], rows)


def _built(result: Result) -> str:
    """Return a row for each engine; sizes are over the bytes of the texts."""
    rows = []
    for name, built in result.built.items():
        postings = built.folders.get("whoosh", 0) / built.text_bytes if name == OURS else None
        rows.append([
            name,
            f"{built.passages / built.cpu_seconds:,.0f}",
            f"{built.passages / (built.cpu_seconds - sum(built.spent.values())):,.0f}",
            f"{built.bytes / built.text_bytes:.2f}",
            "–" if postings is None else f"{postings:.2f}",
            f"{built.peak_bytes / MEGABYTE:,.0f}",
            f"{built.peak_own_bytes / MEGABYTE:,.0f}" if built.peak_own_bytes else "–",
            f"{built.wall_seconds:,.1f}",
        ])
    header = [
        "", "passages / CPU s", "the same, index alone", "all files / text", "whoosh/ / text",
        "peak MB", "own", "wall s",
    ]  # fmt: skip
    return table(header, rows)


def _growth(results: Sequence[Result]) -> str:
    """Return how our medians grow with the collection."""
    ordered = sorted(results, key=lambda one: one.passages)
    first, last = ordered[0], ordered[-1]
    rows = []
    for kind in Kind:
        times = [one.warm[kind][OURS].cpu_p50 for one in ordered]
        rows.append([kind.value, *(f"{time:.3f}" for time in times), f"{times[-1] / times[0]:.1f}"])
    more = f"× (passages × {last.passages / first.passages:.0f})"
    header = ["", *(f"{one.passages:,}" for one in ordered), more]
    return "Our median as the collection grows:\n\n" + table(header, rows)


def _cold(result: Result) -> str:
    rows = []
    for name, cold in result.cold.items():
        base = result.cold[f"{PEER}, {name.partition(', ')[2]}"].cpu
        rows.append([name, f"{cold.cpu:.1f}", f"{cold.wall:.1f}", f"{cold.cpu / base:.2f}"])
    return "A fresh process, ten hits with snippets, milliseconds:\n\n" + table(
        ["", "CPU", "wall", "/ FTS5 script"], rows
    )


def _resident(result: Result) -> str:
    rows: list[Sequence[str]] = []
    for name, one in result.resident.items():
        sizes = (one.resident, one.anonymous, one.resident - one.anonymous, one.bare)
        megabytes = [f"{size / MEGABYTE:,.0f}" for size in sizes]
        rows.append([name, f"{one.first_open:.1f}", f"{one.open:.1f}", *megabytes])
    header = ["", "first open ms", "open ms", "MB", "own", "mapped files", "before opening"]
    return "A process that has answered every question:\n\n" + table(header, rows)


def _verdicts(result: Result) -> str:
    """Return ours over each peer that it is held to; what is too much is marked."""
    held = [bound for bound in BOUNDS if bound[0] in result.versions]
    rows = []
    for kind in Kind:
        times, cells = result.warm[kind], []
        for peer, figure, most in held:
            ratio = getattr(times[OURS], figure) / getattr(times[peer], figure)
            cells.append(f"{ratio:.2f}" if ratio <= most else f"**{ratio:.2f}**")
        rows.append([kind.value, *cells])
    names = [f"{figure.removeprefix('cpu_')} / {peer}, ≤ {most:g}" for peer, figure, most in held]
    return table(["", *names], rows)

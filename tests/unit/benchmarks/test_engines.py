from __future__ import annotations

import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from benchmarks.speed.engines.build import Built, build
from benchmarks.speed.engines.collection import (
    PASSAGES_A_REPORT,
    Maker,
    load_reports,
    save_reports,
)
from benchmarks.speed.engines.engine import Kind, Question
from benchmarks.speed.engines.engines import OURS, PLACES, engine
from benchmarks.speed.engines.growth import name
from benchmarks.speed.engines.law import laws
from benchmarks.speed.engines.making import load_laws
from benchmarks.speed.engines.ours import PASSAGES_A_SHEET
from benchmarks.speed.engines.questions import Statistics, questions, statistics
from benchmarks.speed.engines.result import Result, load_result
from benchmarks.speed.engines.source import Source, load_source, read_source, save_source
from benchmarks.speed.engines.table import report
from benchmarks.speed.engines.warm import Times, percentile
from searcher.analysis.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport

PASSAGES = 200


@pytest.fixture(scope="module")
def source(library_index: Path) -> Source:
    """Return the sentences of the bundled reports."""
    return read_source(library_index)


@pytest.fixture(scope="module")
def made(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a small collection."""
    path = tmp_path_factory.mktemp("engines") / "reports.jsonl"
    save_reports(Maker(source, seed=1).reports(PASSAGES), path)
    return path


@pytest.fixture(scope="module")
def known(made: Path) -> Statistics:
    """Return what is known of the small collection."""
    return statistics(load_reports(made), seed=1)


def test_a_source_is_read_back_as_it_was_saved(source: Source, tmp_path: Path) -> None:
    save_source(source, tmp_path / "source")
    assert load_source(tmp_path / "source") == source
    assert sum(map(len, source.reports)) > 500


def test_equal_seeds_make_equal_reports_and_other_seeds_others(source: Source, made: Path) -> None:
    reports = list(load_reports(made))
    assert list(Maker(source, seed=1).reports(PASSAGES)) == reports
    assert list(Maker(source, seed=2).reports(PASSAGES)) != reports
    assert list(islice(Maker(source, seed=1).reports(10 * PASSAGES), 1)) == reports[:1]


def test_reports_number_their_passages_without_a_gap(made: Path) -> None:
    reports = list(load_reports(made))
    numbers = [n for r in reports for n in range(r.first, r.first + len(r.passages))]
    assert numbers == list(range(PASSAGES))
    assert {len(report.passages) for report in reports[:-1]} == {PASSAGES_A_REPORT}


def test_no_two_names_are_equal() -> None:
    numbers = [*range(20_000), *range(9_990_000, 10_010_000), *range(10**8, 10**8 + 1000)]
    assert len({name(number) for number in numbers}) == len(numbers)


def test_a_made_text_keeps_the_slope_of_its_source_and_gains_words(source: Source) -> None:
    real = _words(source.sentences())
    reports = Maker(source, seed=1).reports(3000)
    words = _words(text for report in reports for text in report.passages)
    assert laws(words[: len(real)]).zipf == pytest.approx(laws(real).zipf, abs=0.1)
    resampled_alone = len(set(real))
    assert len(set(words)) > resampled_alone
    assert laws(words).heaps > 0.2


def test_laws_of_a_text_without_a_word_are_refused() -> None:
    with pytest.raises(ValueError, match="without a word"):
        laws([])


def test_the_words_of_a_question_stand_in_one_passage(made: Path, known: Statistics) -> None:
    texts = [text.lower() for report in load_reports(made) for text in report.passages]
    asked = questions(known, each=20, seed=1)
    assert questions(known, each=20, seed=1) == asked
    for question in asked:
        said = " ".join(question.words)
        wanted = [said] if question.kind in {Kind.PHRASE, Kind.PREFIX} else question.words
        assert any(all(word in text for word in wanted) for text in texts), question
    assert all(one.only is not None for one in asked if one.kind is Kind.FILTER)


@pytest.mark.parametrize("who", PLACES)
def test_every_engine_finds_the_one_passage_that_has_a_word(
    who: str, made: Path, known: Statistics, tmp_path: Path
) -> None:
    try:
        tried = engine(who)
    except ImportError as exc:
        pytest.skip(f"{exc.name} is not installed")
    built = build(who, made, tmp_path / "index")
    assert built.passages == PASSAGES
    assert built.bytes > 0 < built.cpu_seconds
    places = _places(load_reports(made))
    titles = _words(report.title for report in load_reports(made))
    lone = [w for w, n in known.holding.items() if n == 1 and len(w) > 6 and w not in titles]
    opened = tried.open(tmp_path / "index")
    for word in islice(lone, 5):
        ((first, _), *others) = opened.ask(Question(Kind.RARE, (word,)))()
        (number,) = (n for n, text in places.items() if word in WORD.findall(text))
        assert first == (_sheet(number) if who == OURS else str(number)), word
        assert len(others) < PASSAGES
    opened.close()


@pytest.mark.parametrize("who", PLACES)
def test_every_engine_answers_the_kinds_it_says(
    who: str, made: Path, known: Statistics, tmp_path: Path
) -> None:
    try:
        tried = engine(who)
    except ImportError as exc:
        pytest.skip(f"{exc.name} is not installed")
    build(who, made, tmp_path / "index")
    opened = tried.open(tmp_path / "index")
    for kind in sorted(tried.kinds):
        asked = [one for one in questions(known, each=10, seed=2) if one.kind is kind]
        found = [opened.ask(question)() for question in asked]
        assert sum(map(bool, found)) > len(found) / 2, kind
        assert max(map(len, found)) <= 10
    opened.close()


def test_a_run_measures_everything_and_keeps_it(
    root: Path, library_index: Path, tmp_path: Path
) -> None:
    options = ["--passages", str(PASSAGES), "--peers", "fts5", "--each", "2"]
    places = ["--work", str(tmp_path), "--index", str(library_index)]
    command = [sys.executable, "-m", "benchmarks.speed.engines", *options, *places]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    folder = tmp_path / str(PASSAGES)
    result = load_result(folder)
    assert result.passages == PASSAGES
    assert set(result.built) == set(result.versions) == {OURS, "fts5"}
    assert all(set(times) == {OURS, "fts5"} for times in result.warm.values())
    commands, kinds = ("python -c pass", "FTS5 script", "searcher search"), ("AND of 3", "OR of 3")
    assert set(result.cold) == {f"{command}, {kind}" for command in commands for kind in kinds}
    assert ended.stdout == report(result, load_laws(folder), earlier=[]) + "\n"


def test_what_is_more_than_is_asked_for_is_in_bold() -> None:
    quick, slow = Times(1.0, 3.0, 1.0, 3.0, 0), Times(2.0, 3.0, 2.0, 3.0, 0)
    built = Built(1, 1.0, 1.0, 1, 1, {}, 1)
    result = Result(
        passages=1,
        versions={OURS: "1", "tantivy": "2"},
        warm={kind.value: {OURS: slow, "tantivy": quick} for kind in Kind},
        built={OURS: built, "tantivy": built},
    )
    told = report(result, {}, earlier=[])
    assert "| p50 / tantivy, ≤ 1.5 | p99 / tantivy, ≤ 2 |" in told
    assert "| rare | **2.00** | 1.00 |" in told


def test_a_percentile_is_a_value_that_so_many_do_not_exceed() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 0.99) == 99.0
    assert percentile([7.0], 0.99) == 7.0


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in WORD.findall(text.lower())]


def _places(reports: Iterable[MadeReport]) -> dict[int, str]:
    return {
        number: text.lower()
        for report in reports
        for number, text in enumerate(report.passages, start=report.first)
    }


def _sheet(number: int) -> str:
    """Return where our engine says the passage ``number`` stands."""
    report, within = divmod(number, PASSAGES_A_REPORT)
    return f"made-{report + 1:05}@{within // PASSAGES_A_SHEET + 1}"

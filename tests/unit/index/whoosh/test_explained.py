"""What each word adds to a score adds up to it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from searcher.query.tree import And, Not, Or, Phrase, Prefix, Word
from tests.unit.index.whoosh.test_kernel import EVERY, indexed, query, report, small_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from searcher.index.whoosh.retrieve import WhooshIndex


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshIndex]:
    """Return an index of several segments from which some reports were removed."""
    rng = random.Random(7)  # noqa: S311 not a secret
    reports = small_keys([report(rng, key) for key in range(14)])
    folder: Path = tmp_path_factory.mktemp("explained")
    with indexed(folder, reports, reports[::4]) as opened:
        yield opened


def test_the_parts_of_a_score_add_up_to_it(index: WhooshIndex) -> None:
    rng = random.Random(8)  # noqa: S311 not a secret
    explained = 0
    for _ in range(60):
        matches = index.search(query(rng))
        hits = matches.best(EVERY)
        some = rng.sample(hits, min(len(hits), 20))
        for hit, parts in zip(some, matches.parts(some), strict=True):
            assert sum(part.score for part in parts) == pytest.approx(hit.score, abs=2e-9)
            explained += bool(parts)
    assert explained > 100


def test_a_word_is_named_as_it_was_asked_for_and_once(index: WhooshIndex) -> None:
    asked = Or((Word("cares"), Word("cares"), Prefix("fos"), Word("homes", "body"), Word("caring")))
    matches = index.search(asked)
    hits = matches.best(EVERY)
    names = {part.word for parts in matches.parts(hits) for part in parts}
    assert names == {"cares / caring", "fos*", "body:homes"}
    for parts in matches.parts(hits[:50]):
        assert len({part.word for part in parts}) == len(parts)


def test_what_is_excluded_or_does_not_hold_adds_nothing(index: WhooshIndex) -> None:
    asked = Or((And((Word("care"), Word("zebra"))), And((Word("home"), Not(Word("risk"))))))
    matches = index.search(asked)
    hits = matches.best(EVERY)
    assert hits
    for parts in matches.parts(hits):
        assert all(part.word == "home" or not part.passage for part in parts)
        assert "risk" not in {part.word for part in parts}


def test_the_words_of_a_phrase_each_have_their_part(index: WhooshIndex) -> None:
    matches = index.search(Phrase("care the"))
    hits = matches.best(50)
    assert hits
    for parts in matches.parts(hits):
        assert {part.word for part in parts} == {"care", "the"}
        assert not any(part.exact for part in parts)

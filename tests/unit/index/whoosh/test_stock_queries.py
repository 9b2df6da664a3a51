"""Thousands of queries of every kind, asked by Whoosh itself of our index and of its own.

Both hold the same passages in several segments, with reports removed; Whoosh's own searcher,
matchers and BM25F must find the same ten passages with the same scores.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from whoosh import query as wq
from whoosh import scoring
from whoosh.matching import ReadTooFar

from searcher.index.whoosh.fields import BLOCK
from searcher.index.whoosh.stock import stock_searcher
from tests.contract.small_index import Small
from tests.unit.index.whoosh.twins import build, written_by_whoosh

if TYPE_CHECKING:
    from collections.abc import Iterator

SEGMENTS, HITS = 3, 10
SEEDS, EACH = range(8), 270
STEMS = """
care famil worker polic hous school learn project referr outcom interview edg intensiv support
place young adult children foster cost measur grant leader risk safe talk plan visit
""".split()
ENDINGS = ("", "s", "ing", "ed", "er", "ies", "'s")
SMALL_WORDS = ("the", "of", "and", "to", "in")
NAMES = ("title", "about", "heading", "body", "body", "body")


class Corpus:
    """Reports whose words follow Zipf's law, and words and phrases to ask for."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 not a secret
        self.vocabulary = [stem + ending for ending in ENDINGS for stem in STEMS]
        self.random.shuffle(self.vocabulary)
        self._weights = [1 / rank for rank in range(1, len(self.vocabulary) + 1)]
        sizes = [self.random.randint(1, 12) for _ in range(36)]
        self.reports = [self._report(key, size) for key, size in enumerate([*sizes, BLOCK + 9], 1)]
        self.removed = self.random.sample(self.reports[:-1], 5)

    def words(self, count: int) -> list[str]:
        """Return words as they stand in a text, some of them small."""
        found = self.random.choices(self.vocabulary, self._weights, k=count)
        return [
            self.random.choice(SMALL_WORDS) if self.random.random() < 0.3 else word
            for word in found
        ]

    def _report(self, key: int, size: int) -> Small:
        draw = self.random
        return Small(
            key,
            tuple(" ".join(self.words(draw.randint(0, 40))) for _ in range(size)),
            title=" ".join(self.words(draw.randint(1, 6))),
            about=" ".join(self.words(draw.randint(0, 5))),
            heading=" ".join(self.words(draw.randint(0, 4))),
            projects=tuple(draw.sample(("p1", "p2", "p3"), draw.randint(0, 2))),
            publisher=draw.choice((None, "Alder", "Birch, Ltd")),
            year=draw.choice((None, 2015, 2016, 2017, 2018)),
        )


class Queries:
    """Queries of every kind over a corpus, by chance."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._random = corpus.random
        self._kinds = (
            self.term, self.term, self.boosted, self.phrase, self.loose_phrase, self.prefix,
            self.wildcard, self.fuzzy, self.words_between, self.years, self.pages, self.value,
            self.every, self.constant,
        )  # fmt: skip

    def __iter__(self) -> Iterator[wq.Query]:
        while True:
            for kind in self._kinds:
                yield kind()
            yield self.excluding()
            for _ in range(6):
                yield self.nested(self._random.randint(1, 2))

    def _name(self) -> str:
        return self._random.choice(NAMES)

    def _word(self) -> str:
        """Return a word that is likely there."""
        return self._corpus.words(1)[0]

    def _terms(self, count: int) -> list[str]:
        """Return the exact forms of words that stand side by side somewhere."""
        report = self._random.choice(self._corpus.reports)
        words = self._random.choice(report.bodies).split() or [self._word()]
        start = self._random.randrange(len(words))
        return ["=" + word for word in words[start : start + count]]

    def term(self) -> wq.Query:
        """Ask for an exact form or a stem."""
        term = self._random.choice(("=" + self._word(), self._random.choice(STEMS)))
        return wq.Term(self._name(), term)

    def boosted(self) -> wq.Query:
        """Ask for words of which one counts more, or all do."""
        one = wq.Term("body", "=" + self._word(), boost=self._random.choice((0.5, 2.0, 3.5)))
        return wq.Or([one, self.term()], boost=self._random.choice((1.0, 1.5)))

    def phrase(self) -> wq.Query:
        """Ask for words one after another."""
        return wq.Phrase("body", self._terms(self._random.randint(2, 4)))

    def loose_phrase(self) -> wq.Query:
        """Ask for words near one another, with a word twice now and then."""
        words = self._terms(self._random.randint(2, 3))
        words += words[:1] * self._random.randint(0, 1)
        return wq.Phrase("body", words, slop=self._random.randint(2, 5))

    def prefix(self) -> wq.Query:
        """Ask for whatever begins so."""
        return wq.Prefix(self._name(), "=" + self._word()[: self._random.randint(1, 4)])

    def wildcard(self) -> wq.Query:
        """Ask for whatever looks so."""
        word = self._word()
        place = self._random.randrange(len(word))
        sign = self._random.choice("*?")
        return wq.Wildcard(self._name(), f"={word[:place]}{sign}{word[place + 1 :]}")

    def fuzzy(self) -> wq.Query:
        """Ask for whatever is nearly so."""
        word = self._word()
        place = self._random.randrange(len(word))
        near = "=" + word[:place] + self._random.choice("aeio") + word[place + 1 :]
        return wq.FuzzyTerm(self._name(), near, maxdist=self._random.randint(1, 2), prefixlength=2)

    def words_between(self) -> wq.Query:
        """Ask for the words between two."""
        low, high = sorted(("=" + self._word(), "=" + self._word()))
        return wq.TermRange(self._name(), low, high)

    def years(self) -> wq.Query:
        """Ask for years between two ends, either of which may be open."""
        low, high = sorted((self._random.randint(2014, 2019), self._random.randint(2014, 2019)))
        return wq.NumericRange(
            "year", self._random.choice((None, low)), self._random.choice((high, None))
        )

    def pages(self) -> wq.Query:
        """Ask for pages from one on."""
        return wq.NumericRange("page", self._random.randint(1, 12), None)

    def value(self) -> wq.Query:
        """Ask for a value of the record."""
        return self._random.choice([
            wq.Term("project", self._random.choice(("p1", "p2", "p4"))),
            wq.Term("publisher", "birch ltd"),
            wq.Term("report", self._random.choice(self._corpus.reports).id),
        ])

    def every(self) -> wq.Query:
        """Ask for all that has a field."""
        return wq.Every(self._random.choice((None, "heading", "project")))

    def constant(self) -> wq.Query:
        """Ask for words without caring how well they are met."""
        return wq.ConstantScoreQuery(self.prefix(), self._random.choice((1.0, 2.5)))

    def excluding(self) -> wq.Query:
        """Ask for what is not so; Whoosh reads past its own postings where exclusions nest."""
        without = self.nested(1)
        return self._random.choice([
            wq.AndNot(self.nested(1), without),
            wq.And([self.nested(1), wq.Not(self.term())]),
            wq.Not(self.term()),
        ])

    def nested(self, depth: int) -> wq.Query:
        """Ask for several things together."""
        if depth == 0:
            return self._random.choice(self._kinds)()
        parts = [self.nested(depth - 1) for _ in range(self._random.randint(2, 3))]
        return self._random.choice([
            wq.And(parts),
            wq.Or(parts),
            wq.Or(parts),
            wq.DisjunctionMax(parts),
            wq.Require(*parts[:2]),
            wq.AndMaybe(*parts[:2]),
        ])


def best(searcher: Any, query: wq.Query) -> list[tuple[float, int]]:  # noqa: ANN401 whoosh has no types
    """Return the scores and keys of the ten best passages."""
    keys = searcher.reader().column_reader("key")
    hits = searcher.search(query, limit=HITS)
    return [(hits.score(n), int(keys[hits.docnum(n)])) for n in range(hits.scored_length())]


def best_of_its_own(searcher: Any, query: wq.Query) -> list[tuple[float, int]] | None:  # noqa: ANN401
    """Return the same of Whoosh's own index; ``None`` where it reads past its own postings."""
    try:
        return best(searcher, query)
    except (IndexError, ReadTooFar):
        return None


@pytest.fixture(scope="module", params=SEEDS)
def twins(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 whoosh has no types
    """Return a corpus with a searcher of Whoosh's over our index of it and over its own."""
    corpus = Corpus(request.param)
    folder = tmp_path_factory.mktemp("index")
    for turn in range(SEGMENTS):
        build(folder, corpus.reports[turn::SEGMENTS])
    build(folder, [], removed=corpus.removed)
    theirs = written_by_whoosh(corpus.reports, segments=SEGMENTS, removed=corpus.removed)
    ours = stock_searcher(folder)
    ours.weighting = scoring.BM25F()
    yield corpus, ours, theirs.searcher(weighting=scoring.BM25F())
    ours.close()


def test_whoosh_ranks_our_passages_as_its_own_whatever_it_is_asked(twins: Any) -> None:  # noqa: ANN401
    corpus, ours, theirs = twins
    assert len(ours.leaf_searchers()) == SEGMENTS
    assert ours.doc_count() < ours.doc_count_all()
    compared = answered = 0
    for query, _ in zip(Queries(corpus), range(EACH), strict=False):
        own = best_of_its_own(theirs, query)
        if own is not None:
            mine = best(ours, query)
            assert [key for _, key in mine] == [key for _, key in own], query
            assert [s for s, _ in mine] == pytest.approx([s for s, _ in own], rel=1e-9, abs=1e-9)
            compared, answered = compared + 1, answered + bool(own)
    assert compared * len(SEEDS) >= 2_000
    assert answered > compared / 2

"""This project's own engine, by the functions that a Python caller has.

A made report has its project, its year and its publisher, and a sheet for every three passages;
no heading and no words of its record, since its peers have neither.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING

import searcher
from benchmarks.speed.engines.engine import ALL_KINDS, HITS, Kind
from searcher.config import Settings
from searcher.document import Block, BlockKind, Document, Page, Passage, Section, SectionKind, Span
from searcher.index.entry import Entry
from searcher.index.generations import building, publish
from searcher.index.snapshot import open_snapshot
from searcher.ingest.build import build, sign
from searcher.ingest.ledger import Ledger, write_ledger
from searcher.results.quality import Grade, PageFigures, PageQuality
from searcher.results.report import Report
from searcher.search.engine import ranking
from searcher.vocabulary import Concept, ConceptKind, Vocabularies, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.engines.collection import MadeReport
    from benchmarks.speed.engines.engine import Ask, Found, Question
    from searcher.index.snapshot import Snapshot

PASSAGES_A_SHEET = 3
BETWEEN = "\n\n"


class Searcher:
    """The index as a build writes it: ``library.db`` beside the postings.

    ``spent`` is the CPU seconds that a build spends on what its peers do not have.
    """

    name = "searcher"
    version = searcher.__version__
    kinds = ALL_KINDS

    def __init__(self) -> None:
        self.spent = {"library.db": 0.0}

    def ready(self, report: MadeReport) -> Entry:
        """Return ``report`` as a build stores it."""
        return entry_of(report)

    def build(self, reports: Iterator[Entry], folder: Path) -> None:
        """Write and publish a generation of ``reports``."""
        with building(folder) as at:
            projects: set[str] = set()
            with build(at, None, memory_mb=Settings().index_memory_mb) as stores:
                for entry in reports:
                    start = time.thread_time()
                    keys = stores.library.add(entry)
                    self.spent["library.db"] += time.thread_time() - start
                    stores.index.add(entry, keys)
                    projects.update(entry.report.projects)
                stores.library.replace_vocabularies(_vocabularies(projects))
                counts = stores.library.counts()
            write_ledger(Ledger(), [], at)
            built = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            made = sign(
                at, counts, name="made", digest="0" * 64, built=built, roots=(), configuration=()
            )
            publish(folder, at, made.generation)

    def open(self, folder: Path) -> OpenSearcher:
        """Open the live generation."""
        return OpenSearcher(open_snapshot(folder, searching=True))


class OpenSearcher:
    """One snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def ask(self, question: Question) -> Ask:
        """Return what answers ``question``."""
        asked, is_question = query(question), question.kind is Kind.QUESTION

        def answer() -> Found:
            found = ranking(
                self._snapshot, asked, depth=HITS, plain_words=is_question, any_word=is_question
            )
            return [(f"{hit.report_id}@{hit.page}", hit.title) for hit in found]

        return answer

    def close(self) -> None:
        """Let go of the files."""
        self._snapshot.close()


def query(question: Question) -> str:
    """Return ``question`` in our query language."""
    words = " ".join(question.words)
    match question.kind:
        case Kind.PHRASE:
            return f'"{words}"'
        case Kind.PREFIX:
            return f"{words}*"
        case Kind.OR:
            return " OR ".join(question.words)
        case Kind.FILTER:
            field = "year" if isinstance(question.only, int) else "project"
            return f"{field}:{question.only} ({' OR '.join(question.words)})"
        case _:
            return words


def entry_of(report: MadeReport) -> Entry:
    """Return ``report`` as a build stores it."""
    text = BETWEEN.join(report.passages)
    spans = _spans(report.passages)
    pages = tuple(_pages(spans, len(text)))
    whole = Section((), 1, SectionKind.OTHER, Span(0, len(text)), 1)
    passages = tuple(
        Passage(span, n // PASSAGES_A_SHEET + 1, n // PASSAGES_A_SHEET + 1, whole)
        for n, span in enumerate(spans)
    )
    record = Report(
        report.id, f"{report.id}.txt", report.id, "text/plain", report.title,
        publisher=report.publisher, year=report.year, pages=len(pages), grade=Grade.A,
        words=text.count(" "), projects=(report.project,),
    )  # fmt: skip
    document = Document(text, pages, "text/plain", "made")
    qualities = tuple(_quality(page) for page in pages)
    return Entry(record, report.id, record.file, document, (whole,), passages, (), "", qualities)


def _spans(passages: tuple[str, ...]) -> list[Span]:
    starts = [0, *accumulate(len(passage) + len(BETWEEN) for passage in passages)]
    return [Span(at, at + len(text)) for at, text in zip(starts, passages, strict=False)]


def _pages(spans: list[Span], length: int) -> Iterator[Page]:
    """Yield sheets of ``spans`` that tile the text."""
    firsts = range(0, len(spans), PASSAGES_A_SHEET)
    starts = [spans[first].start for first in firsts]
    for number, first in enumerate(firsts, start=1):
        end = starts[number] if number < len(starts) else length
        held = spans[first : first + PASSAGES_A_SHEET]
        blocks = tuple(Block(BlockKind.PARAGRAPH, span) for span in held)
        whole = Span(starts[number - 1], end)
        yield Page(number, str(number), whole, whole, blocks)


def _quality(page: Page) -> PageQuality:
    words = sum(1 for _ in page.blocks) * 170
    figures = PageFigures(
        number=page.number, label=page.label, words=words, asked=words, known=words,
        is_unread=False, headings=0, furniture=0, furniture_words=0, columns=1, hyphens=0,
        garbled=0.0, contradicted=None, reader="made", why="", confidence=None,
    )  # fmt: skip
    return PageQuality(figures, Grade.A, ())


def _vocabularies(projects: set[str]) -> Vocabularies:
    concepts = tuple(Concept(ConceptKind.PROJECT, name, name) for name in sorted(projects))
    return Vocabularies(projects=Vocabulary(ConceptKind.PROJECT, concepts))

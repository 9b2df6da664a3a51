"""Hypothesis strategies for the types that many tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from searcher.document import BlockKind, Document, Found, Metadata, Source, Span
from searcher.extract.builder import DocumentBuilder

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

SENTENCE = (
    "the evaluation found no evidence that social workers’ caseloads fell in café 2019 "
    "families reported fewer re-referrals £1.2m RCT difference-in-differences"
)
WORDS = SENTENCE.split()
labels = st.none() | st.sampled_from(["i", "iv", "1", "12", "A-3"])


def texts(*, min_size: int = 0, max_size: int = 60) -> st.SearchStrategy[str]:
    """Return any text: words of reports, and whatever else a file may hold."""
    wild = st.text(min_size=min_size, max_size=max_size)
    words = st.lists(st.sampled_from(WORDS), min_size=max(min_size, 1), max_size=12).map(" ".join)
    return words | wild


@st.composite
def spans(draw: st.DrawFn, length: int = 1000) -> Span:
    """Return a span inside a text of ``length`` code points."""
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


def found(values: st.SearchStrategy[T], length: int) -> st.SearchStrategy[Found[T] | None]:
    """Return a value of ``values`` with its source, or nothing."""
    make: Callable[..., Found[T]] = Found
    places = st.none() | spans(length)
    return st.none() | st.builds(make, values, st.sampled_from(Source), places)


@st.composite
def metadata(draw: st.DrawFn, length: int = 1000) -> Metadata:
    """Return what a file of ``length`` code points may say of itself."""
    many = st.lists(texts(), max_size=3).map(tuple)
    return Metadata(
        title=draw(found(texts(), length)),
        authors=draw(found(many, length)),
        publisher=draw(found(texts(), length)),
        year=draw(found(st.integers(1800, 2100), length)),
        date=draw(found(st.sampled_from(["2017", "2017-07", "2017-07-14"]), length)),
        series=draw(found(texts(), length)),
        identifiers=tuple(filter(None, draw(st.lists(found(texts(), length), max_size=3)))),
        language=draw(found(st.sampled_from(["en", "en-GB", "cy"]), length)),
        url=draw(found(texts(), length)),
    )


@st.composite
def documents(draw: st.DrawFn, *, max_pages: int = 5, min_words: int = 0) -> Document:
    """Return a document as an extractor makes it, of at least ``min_words`` words of body."""
    builder = DocumentBuilder()
    if min_words:
        word = st.sampled_from(WORDS)
        words = draw(st.lists(word, min_size=min_words, max_size=2 * min_words))
        builder.add(BlockKind.PARAGRAPH, " ".join(words))
    for _ in range(draw(st.integers(1, max_pages))):
        for kind in draw(st.lists(st.sampled_from(BlockKind), max_size=6)):
            level = draw(st.integers(1, 6)) if kind is BlockKind.HEADING else None
            anchor = draw(st.none() | st.sampled_from(["findings", "section-2"]))
            builder.add(kind, draw(texts()), level=level, anchor=anchor)
        builder.end_page(draw(labels), has_ink=draw(st.booleans()))
    plain = builder.build(media_type="text/plain", reader="strategy")
    return builder.build(
        media_type=draw(st.sampled_from(["application/pdf", "text/html", "text/plain"])),
        reader="strategy 1",
        metadata=draw(metadata(len(plain.text))),
        paged=draw(st.booleans()),
    )

"""Hypothesis strategies for what an answer is made of."""

from __future__ import annotations

from hypothesis import strategies as st

from searcher.document import Block, BlockKind, SectionKind, Source
from searcher.results.answer import Asked, Coverage, Facet, Hit, Results, Snippet, Totals
from searcher.results.report import (
    Evidence,
    Outline,
    PageText,
    PassageRef,
    PassageText,
    Report,
    SectionEntry,
    passage_id,
)
from tests.strategies import labels, spans, texts

counts = st.integers(0, 9999)
scores = st.floats(0, 1000, allow_nan=False)
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True)
hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
many = st.lists(texts(), max_size=3).map(tuple)
concepts = st.lists(ids, max_size=3, unique=True).map(tuple)
optional = st.none() | texts()
sources = st.lists(
    st.tuples(st.sampled_from(["title", "authors", "year"]), st.sampled_from(Source)),
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(tuple)

reports = st.builds(
    Report,
    id=ids,
    file=texts(min_size=1),
    sha256=hashes,
    media_type=st.sampled_from(["application/pdf", "text/html"]),
    title=texts(min_size=1),
    authors=many,
    publisher=optional,
    year=st.none() | st.integers(1800, 2100),
    date=st.sampled_from([None, "2017", "2017-07", "2017-07-14"]),
    series=optional,
    identifiers=many,
    language=st.none() | st.sampled_from(["en", "en-GB", "cy"]),
    url=st.none() | st.sampled_from(["https://example.org/a_b?c=1&d=%20#e", "http://example.org"]),
    notes=optional,
    pages=counts,
    pages_without_text=counts,
    words=counts,
    grade=st.none() | st.sampled_from(["good", "poor"]),
    projects=concepts,
    themes=concepts,
    outcomes=concepts,
    designs=concepts,
    sources=sources,
    duplicate_of=st.none() | ids,
    reader=texts(),
)


@st.composite
def passages(draw: st.DrawFn) -> PassageRef:
    """Return where a passage stands: on one sheet, on two, or in a report without sheets."""
    span = draw(spans())
    page = draw(st.none() | st.integers(1, 500))
    last = None if page is None else page + draw(st.integers(0, 1))
    return PassageRef(
        passage_id(draw(ids), page, span),
        draw(many),
        draw(st.sampled_from(SectionKind)),
        page,
        last,
        None if page is None else draw(labels),
        span,
        draw(optional),
    )


snippets = st.builds(Snippet, texts(), st.lists(spans(), max_size=3).map(tuple), spans())
hits = st.builds(Hit, st.integers(1, 999), scores, reports, passages(), snippets)
facets = st.builds(Facet, ids, texts(), counts, counts, counts)
entries = st.builds(
    SectionEntry,
    many,
    st.integers(0, 6),
    st.sampled_from(SectionKind),
    st.none() | st.integers(1, 500),
    spans(),
    optional,
)
evidence = st.builds(
    Evidence,
    field=st.sampled_from(["title", "themes"]),
    value=texts(min_size=1),
    source=st.sampled_from(Source),
    span=st.none() | spans(),
    page=st.none() | st.integers(1, 99),
    score=st.none() | st.floats(0, 1),
    quote=optional,
)
outlines = st.builds(
    Outline,
    reports,
    st.lists(entries, max_size=3).map(tuple),
    st.lists(evidence, max_size=3).map(tuple),
)
blocks = st.builds(
    Block, st.sampled_from(BlockKind), spans(), st.none() | st.integers(1, 6), optional
)
pages = st.builds(
    PageText,
    ids,
    st.none() | st.integers(1, 500),
    labels,
    texts(),
    st.lists(st.tuples(blocks, texts()), max_size=3).map(tuple),
    texts(),
    optional,
)
passage_texts = st.builds(PassageText, reports, passages(), texts())
words = st.lists(texts(min_size=1), max_size=2).map(tuple)
pairs = st.lists(st.tuples(ids, words), max_size=2, unique_by=lambda pair: pair[0]).map(tuple)
asked = st.builds(Asked, texts(), texts(), pairs, pairs, optional, st.booleans())
results = st.builds(
    Results,
    asked,
    st.builds(Totals, counts, counts, counts),
    st.builds(Coverage, counts, counts, counts, counts, ids, hashes, texts()),
    st.lists(hits, max_size=2).map(tuple),
    st.lists(
        st.tuples(st.sampled_from(["theme", "year"]), st.lists(facets, max_size=2).map(tuple)),
        max_size=2,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
)

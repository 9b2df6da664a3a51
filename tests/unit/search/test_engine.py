"""Answers over the bundled reports, and over small ones where a number has to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher.analysis.tokens import forms
from searcher.config import Settings
from searcher.errors import QueryError, UnknownNameError
from searcher.index.snapshot import Snapshot, open_snapshot
from searcher.ingest.ingest import ingest
from searcher.results.answer import Results
from searcher.search.engine import SearchOptions, ranking, search
from searcher.search.facets import FACET_FIELDS
from searcher.search.listing import facets, list_reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALL = SearchOptions(limit=10_000, per_report=0)


@pytest.fixture(scope="module")
def library(library_index: Path) -> Iterator[Snapshot]:
    """Return the bundled reports."""
    with open_snapshot(library_index) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def ties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Return reports that all say the same but for their number, the last-named added first."""
    root = tmp_path_factory.mktemp("ties")
    corpus = root / "corpus"
    corpus.mkdir()
    settings = Settings(corpus=corpus, index=root / "index", workers=1)
    for number in (5, 3, 4, 1, 2):
        (corpus / f"r{number}.txt").write_text(f"Carers stayed longer {number}.")
        ingest([corpus], settings)
    with open_snapshot(settings.index) as snapshot:
        yield snapshot


def passages(results: Results) -> list[str]:
    return [hit.passage.id for hit in results.hits]


def test_hits_come_by_score_then_id_whatever_the_page(ties: Snapshot) -> None:
    whole = search(ties, "carers", ALL)
    assert [hit.rank for hit in whole.hits] == [1, 2, 3, 4, 5]
    assert len({hit.score for hit in whole.hits}) == 1
    assert passages(whole) == sorted(passages(whole))
    pages = [search(ties, "carers", SearchOptions(limit=2, offset=n)) for n in (0, 2, 4, 6)]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert [one for page in pages for one in passages(page)] == passages(whole)
    assert [hit.rank for page in pages for hit in page.hits] == [1, 2, 3, 4, 5]
    assert {page.totals for page in pages} == {whole.totals}
    ranked = ranking(ties, "carers", depth=3)
    assert [one.report_id for one in ranked] == [hit.report.id for hit in whole.hits][:3]


@pytest.mark.parametrize("query", ["families care", "year:2017..", "social work evaluation"])
def test_the_order_is_by_score_then_id(library: Snapshot, query: str) -> None:
    found = search(library, query, ALL)
    keys = [(-hit.score, hit.passage.id) for hit in found.hits]
    assert keys == sorted(keys)
    assert len(keys) > 10
    assert found == search(library, query, ALL)


@pytest.mark.parametrize("per_report", [1, 2, 5, 0])
@pytest.mark.parametrize("limit", [0, 1, 7, 1000])
@pytest.mark.parametrize("offset", [0, 3])
def test_so_many_hits_of_a_report_are_shown_and_the_rest_go_on(
    library: Snapshot, per_report: int, limit: int, offset: int
) -> None:
    options = SearchOptions(limit=limit, offset=offset, per_report=per_report)
    found = search(library, "families", options)
    whole = search(library, "families", ALL)
    kept, seen = [], dict[str, int]()
    for hit in whole.hits:
        seen[hit.report.id] = seen.get(hit.report.id, 0) + 1
        if not per_report or seen[hit.report.id] <= per_report:
            kept.append(hit.passage.id)
    assert passages(found) == kept[offset : offset + limit]
    assert found.totals == whole.totals
    assert [hit.rank for hit in found.hits] == list(range(offset + 1, offset + 1 + len(found.hits)))


def test_a_hit_is_its_passage_and_its_snippet_is_inside_it(library: Snapshot) -> None:
    for hit in search(library, "families edge of care", ALL).hits:
        passage = library.library.passage(hit.report.id, hit.passage.span)
        assert passage.passage == hit.passage
        assert hit.passage.span.holds(hit.snippet.span)
        assert library.library.text(hit.report.id, hit.snippet.span) == hit.snippet.text
        assert hit.snippet.highlights


def test_totals_and_coverage_count_what_is_there(library: Snapshot) -> None:
    found = search(library, "families", ALL)
    reports = {hit.report.id: hit.report for hit in found.hits}
    assert found.totals.passages == len(found.hits)
    assert found.totals.reports == len(reports)
    assert found.totals.projects == len({p for r in reports.values() for p in r.projects})
    listed = list_reports(library)
    assert found.coverage.reports == len(listed)
    assert found.coverage.pages == sum(report.pages for report in listed)
    assert found.coverage.pages_without_text == sum(r.pages_without_text for r in listed)
    assert found.coverage.quarantined == len(library.library.failures()) > 0


def test_where_no_passage_holds_all_the_words_any_is_enough_and_said(library: Snapshot) -> None:
    every = search(library, "families care", ALL)
    assert every.asked.any_word is False
    loose = search(library, "families qqqzzz", ALL)
    assert loose.asked.any_word is True
    assert set(passages(loose)) == set(passages(search(library, "families", ALL)))
    assert loose.asked.parsed == "families qqqzzz"


@pytest.mark.parametrize(
    "query",
    ["families AND qqqzzz", '"families qqqzzz"', 'families "qqq zzz"', "qqqzzz", "qqqzzz xxqq"],
)
def test_what_was_demanded_is_not_loosened(library: Snapshot, query: str) -> None:
    found = search(library, query, ALL)
    assert (found.asked.any_word, found.hits, found.totals.passages) == (False, (), 0)


def test_loosened_words_still_keep_to_the_filters(library: Snapshot) -> None:
    options = SearchOptions(limit=1000, per_report=0, year=(2017, 2017))
    loose = search(library, "families qqqzzz -care", options)
    assert loose.asked.any_word is True
    assert {hit.report.year for hit in loose.hits} == {2017}
    assert set(passages(loose)) == set(passages(search(library, "families -care", options)))


@pytest.mark.parametrize("query", ["what about this", "the", '"of the"', "to be or not to be"])
def test_a_query_of_stop_words_alone_finds_where_they_stand(library: Snapshot, query: str) -> None:
    found = search(library, query, ALL)
    assert not found.asked.any_word
    if query == "the":
        assert len(found.hits) > 50
    for hit in found.hits:
        text = library.library.text(hit.report.id, hit.passage.span)
        about = f"{text} {hit.report.title} {hit.report.file} {' '.join(hit.passage.section)}"
        assert set(forms(query)) <= set(forms(about))


def test_plain_words_have_no_operators(library: Snapshot) -> None:
    options = SearchOptions(limit=5, plain_words=True)
    assert search(library, 'NOT "families (', options).totals.passages > 0
    with pytest.raises(QueryError):
        search(library, 'NOT "families (', SearchOptions(limit=5))
    assert passages(search(library, "families care", options)) == passages(
        search(library, "families care", SearchOptions(limit=5))
    )


def test_a_ranking_is_the_search_without_operators(library: Snapshot) -> None:
    ranked = ranking(library, "families care", depth=20)
    hits = search(library, "families care", SearchOptions(limit=20, per_report=0)).hits
    assert [(r.report_id, r.page, r.score) for r in ranked] == [
        (hit.report.id, hit.passage.page, hit.score) for hit in hits
    ]
    exact = {one.report_id for one in ranking(library, '"edge of care"', plain_words=False)}
    assert exact == {hit.report.id for hit in search(library, '"edge of care"', ALL).hits}
    for plain_words in (False, True):
        with pytest.raises(QueryError):
            ranking(library, "?!", plain_words=plain_words)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("project", ("no-wrong-door",)),
        ("theme", ("adolescents",)),
        ("theme", ("Adolescents in or on the edge of care",)),
        ("theme", ("edge-of-care", "residential-care")),
        ("design", ("qed",)),
        ("publisher", ("Sample Institute for Social Work",)),
        ("report", ("nwd-northshire-2017",)),
    ],
)
def test_a_filter_lets_through_what_has_one_of_its_values_or_narrower(
    library: Snapshot, field: str, names: tuple[str, ...]
) -> None:
    options = SearchOptions(limit=10_000, per_report=0, filters=((field, names),))
    listed = list_reports(library, options)
    found = search(library, "evaluation", options)
    assert listed
    assert {hit.report.id for hit in found.hits} <= {report.id for report in listed}
    assert found.asked.filters == ((field, names),)
    asked = " OR ".join(f'{field}:"{name}"' for name in names)
    assert {r.id for r in listed} == {h.report.id for h in search(library, asked, ALL).hits}
    everything = search(library, "evaluation", ALL)
    kept = [hit.passage.id for hit in everything.hits if hit.report in listed]
    assert sorted(passages(found)) == sorted(kept)
    scores = {hit.passage.id: hit.score for hit in everything.hits}
    assert all(hit.score == scores[hit.passage.id] for hit in found.hits)


def test_several_filters_are_all_demands(library: Snapshot) -> None:
    filters = (("theme", ("edge-of-care",)), ("design", ("qed",)))
    both = list_reports(library, SearchOptions(filters=filters))
    each = [set(list_reports(library, SearchOptions(filters=(one,)))) for one in filters]
    assert set(both) == each[0] & each[1]
    years = list_reports(library, SearchOptions(year=(2016, 2018)))
    assert years
    assert {2016 <= (report.year or 0) <= 2018 for report in years} == {True}
    for year, shown in (((2017, None), "2017.."), ((2017, 2017), "2017"), ((None, 2017), "..2017")):
        found = search(library, "care", SearchOptions(year=year))
        assert found.asked.filters == (("year", (shown,)),)


@pytest.mark.parametrize("field", FACET_FIELDS)
@pytest.mark.parametrize("query", [None, "families"])
def test_counts_add_up(library: Snapshot, field: str, query: str | None) -> None:
    counted = facets(library, field, query)
    hits = search(library, query, ALL).hits if query else ()
    reports = (
        {hit.report.id: hit.report for hit in hits}
        if query
        else {report.id: report for report in list_reports(library)}
    )
    assert counted
    assert [(-f.reports, -f.passages, f.id) for f in counted] == sorted(
        (-f.reports, -f.passages, f.id) for f in counted
    )
    for facet in counted:
        having = [r for r in reports.values() if facet.id in values(r, field)]
        assert facet.reports == len(having) > 0
        assert facet.projects == len({p for r in having for p in r.projects})
        if query:
            ids = {report.id for report in having}
            assert facet.passages == sum(hit.report.id in ids for hit in hits)
        assert facet.label
    if field in {"report", "year", "publisher"} and query:
        told = sum(bool(values(hit.report, field)) for hit in hits)
        assert sum(facet.passages for facet in counted) == told
    if query:
        (pair,) = search(library, query, SearchOptions(facets=(field,))).facets
        assert pair == (field, counted)


def values(report: object, field: str) -> tuple[str, ...]:
    """Return the values of ``field`` as facets name them."""
    match field:
        case "report":
            return (str(report.id),)  # type: ignore[attr-defined]
        case "year" | "publisher":
            value = getattr(report, field)
            return () if value is None else (str(value),)
        case _:
            return tuple(getattr(report, f"{field}s"))


def test_a_field_without_counts_is_not_known(library: Snapshot) -> None:
    with pytest.raises(UnknownNameError, match="facet"):
        facets(library, "colour", None)


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Return two reports, of which one lies there twice under another record."""
    root = tmp_path_factory.mktemp("doubled")
    corpus = root / "corpus"
    corpus.mkdir()
    for name in ("a", "b"):
        (corpus / f"{name}.txt").write_text("Foster carers stayed longer.")
    (corpus / "c.txt").write_text("Respite was short.")
    rows = ("id,file,title,authors,publisher,year,projects,themes,outcomes,designs,url,notes",
            "a,a.txt,A,,Unit One,2017,,,,,,", "b,b.txt,B,,UNIT one,2018,,,,,,",
            "c,c.txt,C,,Unit Two,2018,,,,,,")  # fmt: skip
    (corpus / "catalogue.csv").write_text("\n".join(rows) + "\n")
    settings = Settings(corpus=corpus, index=root / "index", workers=1)
    ingest([corpus], settings)
    with open_snapshot(settings.index) as snapshot:
        yield snapshot


def test_a_report_with_the_bytes_of_another_is_listed_whatever_the_filter(
    doubled: Snapshot,
) -> None:
    def ids(options: SearchOptions) -> list[str]:
        return [report.id for report in list_reports(doubled, options)]

    assert ids(SearchOptions()) == ["a", "b", "c"]
    assert ids(SearchOptions(year=(2018, 2018))) == ["b", "c"]
    assert ids(SearchOptions(year=(None, 2017))) == ["a"]
    assert ids(SearchOptions(filters=(("publisher", ("unit one",)),))) == ["a", "b"]
    assert ids(SearchOptions(filters=(("report", ("b", "c")),))) == ["b", "c"]


def test_reports_are_counted_as_they_are_listed(doubled: Snapshot) -> None:
    for year in (None, (2018, 2018)):
        options = SearchOptions(year=year)
        counted = facets(doubled, "year", None, options=options)
        assert sum(facet.reports for facet in counted) == len(list_reports(doubled, options))
    assert sum(facet.reports for facet in facets(doubled, "year", "foster")) == 1


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("familes", "families"),
        ("respite famillies", "respite families"),
        ("Safegaurding OR qqqq", "safeguarding OR qqqq"),
        ('"edge of caer" familie', '"edge of care" familie'),
        ("safegaurding", "safeguarding"),
        ('"safegaurding partners"', '"safeguarding partners"'),
        ("placemnet year:1900", "placement year:1900"),
        ("families", None),
        ("qqzzxx", None),
        ("famlies -safegaurding", "families -safegaurding"),
    ],
)
def test_a_word_that_is_in_no_passage_is_offered_its_neighbour(
    library: Snapshot, query: str, meant: str | None
) -> None:
    assert search(library, query).asked.suggestion == meant


def test_a_suggestion_finds_what_the_slip_did_not(library: Snapshot) -> None:
    slip = search(library, "safegaurding")
    assert slip.totals.passages == 0
    assert search(library, slip.asked.suggestion or "").totals.passages > 0


def test_what_was_found_at_once_is_offered_nothing(library: Snapshot) -> None:
    loose = search(library, "families famillies", SearchOptions(any_word=True))
    assert loose.totals.passages > 0
    assert loose.asked.suggestion is None


@pytest.mark.parametrize("per_report", [0, 1, 3])
def test_what_no_page_of_the_answer_shows_is_counted(library: Snapshot, per_report: int) -> None:
    found = search(library, "families", SearchOptions(limit=10_000, per_report=per_report))
    assert len(found.hits) + found.held_back == found.totals.passages


@pytest.mark.parametrize("query", ["edge of care costs", '"edge of care" -costs', "child* OR care"])
def test_what_each_word_adds_is_told_where_it_is_asked_for_and_adds_up(
    library: Snapshot, query: str
) -> None:
    found = search(library, query, SearchOptions(explain=True, offset=2))
    assert found.hits
    for hit in found.hits:
        assert hit.parts
        assert sum(part.score for part in hit.parts) == pytest.approx(hit.score, abs=2e-9)
    assert [hit.parts for hit in search(library, query).hits] == [None] * len(
        search(library, query).hits
    )


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("no wrong door", "wrong"),
        ("center of program", "programme"),
        ("randomized", "randomis"),
    ],
)
def test_words_are_found_as_reports_write_them(library: Snapshot, query: str, word: str) -> None:
    hits = search(library, query, SearchOptions(any_word=True)).hits
    assert any(word in hit.snippet.text.casefold() for hit in hits)

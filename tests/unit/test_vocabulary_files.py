"""The vocabularies: what the shipped files promise, and how mistakes in a file are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.corpus.table import Table
from searcher.corpus.vocabulary import read_vocabularies
from searcher.errors import VocabularyError
from searcher.vocabulary import ConceptKind, Polarity, Status, Vocabularies, normalise_label

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "id,preferred_label,alternative_labels,broader,definition,source,status\n"
OUTCOMES = HEADER.replace("source", "polarity,source")
ACRONYMS = "token,kind,concept,evidence,note,source,status\n"


@pytest.fixture(scope="module")
def shipped(root: Path) -> Vocabularies:
    return read_vocabularies(root / "corpus" / "vocabulary")


def mistake(folder: Path, **tables: str) -> VocabularyError:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(VocabularyError) as caught:
        read_vocabularies(folder)
    return caught.value


@pytest.mark.parametrize("kind", list(ConceptKind))
def test_every_shipped_vocabulary_holds_concepts_with_definitions(
    shipped: Vocabularies, kind: ConceptKind
) -> None:
    concepts = shipped.of(kind).concepts
    assert len(concepts) >= 25
    assert all(concept.definition.endswith(".") for concept in concepts)


@pytest.mark.parametrize("kind", list(ConceptKind))
def test_a_shipped_row_that_claims_a_source_names_one(
    shipped: Vocabularies, kind: ConceptKind
) -> None:
    unsourced = [
        concept.id
        for concept in shipped.of(kind).concepts
        if concept.status is Status.SOURCED and not concept.sources
    ]
    assert unsourced == []


@pytest.mark.parametrize("kind", list(ConceptKind))
def test_no_shipped_alternative_label_is_the_preferred_label_of_another_concept(
    shipped: Vocabularies, kind: ConceptKind
) -> None:
    concepts = shipped.of(kind).concepts
    preferred = {normalise_label(concept.label): concept.id for concept in concepts}
    stolen = [
        (concept.id, label)
        for concept in concepts
        for label in concept.alternatives
        if preferred.get(normalise_label(label), concept.id) != concept.id
    ]
    assert len(preferred) == len(concepts)
    assert stolen == []


def test_a_label_that_two_shipped_concepts_of_a_kind_share_has_a_row_for_each(
    shipped: Vocabularies,
) -> None:
    readings = {(a.token.casefold(), a.kind, a.concept) for a in shipped.acronyms}
    for kind in ConceptKind:
        owners: dict[str, list[str]] = {}
        for concept in shipped.of(kind).concepts:
            for label in concept.labels:
                owners.setdefault(label.casefold(), []).append(concept.id)
        shared = {label: ids for label, ids in owners.items() if len(ids) > 1}
        unruled = [
            (label, name)
            for label, ids in shared.items()
            for name in ids
            if (label, kind, name) not in readings
        ]
        assert unruled == []


def test_every_shipped_outcome_that_is_no_group_can_be_judged(shipped: Vocabularies) -> None:
    groups = {wider for concept in shipped.outcomes.concepts for wider in concept.broader}
    without = {c.id for c in shipped.outcomes.concepts if c.polarity is Polarity.NONE}
    # Recruitment counts people reached: an output, kept so that it is not taken for an outcome.
    assert without - groups == {"recruitment"}


def test_a_design_without_a_place_on_the_maryland_scale_has_no_ceiling(
    shipped: Vocabularies,
) -> None:
    ceilings = {c.id: dict(c.facts).get("maryland_ceiling") for c in shipped.designs.concepts}
    assert ceilings["rct"] == "5"
    assert ceilings["qualitative"] is None


def test_a_folder_that_is_not_there_means_empty_vocabularies(tmp_path: Path) -> None:
    assert read_vocabularies(tmp_path / "nowhere") == Vocabularies()


def test_equal_files_have_one_fingerprint_and_a_changed_cell_another(tmp_path: Path) -> None:
    table = tmp_path / "themes.csv"
    table.write_text(HEADER + "a,A,,,,,judgement\n")
    first, again = read_vocabularies(tmp_path), read_vocabularies(tmp_path)
    table.write_text(HEADER + "a,B,,,,,judgement\n")
    assert first.fingerprint == again.fingerprint != read_vocabularies(tmp_path).fingerprint


def test_a_row_keeps_its_cells(tmp_path: Path) -> None:
    (tmp_path / "outcomes.csv").write_text(
        OUTCOMES.replace("polarity", "polarity,unit")
        + 'wider,Wider,,,,none,,,judgement\nmoves,Moves,"a, b|c",wider,"It ""moves"".",down_good,'
        "count,https://a.example/|https://b.example/,sourced\n",
        encoding="utf-8-sig",
    )
    concept = read_vocabularies(tmp_path).outcomes.find("moves")
    assert concept is not None
    assert concept.labels == ("Moves", "a, b", "c")
    assert concept.definition == 'It "moves".'
    assert (concept.broader, concept.polarity) == (("wider",), Polarity.DOWN_GOOD)
    assert concept.sources == ("https://a.example/", "https://b.example/")
    assert concept.facts == (("unit", "count"),)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("a,A,,,,,sourced\na,B,,,,,sourced", "id", "line 2"),
        ("a,A,,,,,sourced\nb,B,,c,,,sourced", "broader", "'c'"),
        ("x,X,,,,,sourced\na,A,,a,,,sourced", "broader", "itself"),
        ("x,X,,,,,sourced\nAb,A,,,,,sourced", "id", "'Ab'"),
        ("x,X,,,,,sourced\na,,,,,,sourced", "preferred_label", "blank"),
        ("x,X,,,,,sourced\na,A,,,,,maybe", "status", "'maybe'"),
        ("x,X,,,,,sourced\na,A,,,,sourced", "status", "6 cells"),
        ("x,X,,,,,sourced\na,A,,,,,sourced,", "status", "8 cells"),
    ],
)
def test_a_mistake_in_a_row_is_shown_with_its_file_line_and_column(
    tmp_path: Path, row: str, column: str, says: str
) -> None:
    error = mistake(tmp_path, themes=HEADER + row + "\n")
    assert (error.path.name, error.line, error.column) == ("themes.csv", 3, column)
    assert says in error.message
    assert f"themes.csv, line 3, column {column}" in error.message


def test_a_circle_of_broader_concepts_is_refused_however_long(tmp_path: Path) -> None:
    rows = "a,A,,b,,,sourced\nb,B,,c,,,sourced\nc,C,,a,,,sourced\n"
    assert mistake(tmp_path, themes=HEADER + rows).column == "broader"


def test_two_broader_concepts_that_meet_again_are_no_circle(tmp_path: Path) -> None:
    rows = "a,A,,b|c,,,sourced\nb,B,,d,,,sourced\nc,C,,d,,,sourced\nd,D,,,,,sourced\n"
    (tmp_path / "themes.csv").write_text(HEADER + rows)
    assert len(read_vocabularies(tmp_path).themes.concepts) == 4


@pytest.mark.parametrize("column", HEADER.strip().split(","))
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    error = mistake(tmp_path, themes=HEADER.replace(column, f"my_{column}"))
    assert (error.line, error.column) == (1, column)


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    assert mistake(tmp_path, themes=HEADER.strip() + ",id\n").column == "id"


def test_a_file_without_a_row_even_for_names_lacks_its_columns(tmp_path: Path) -> None:
    assert mistake(tmp_path, themes="").column == "id"


def test_an_unknown_polarity_is_shown_with_what_it_may_be(tmp_path: Path) -> None:
    error = mistake(tmp_path, outcomes=OUTCOMES + "a,A,,,,better,,sourced\n")
    assert (error.line, error.column) == (2, "polarity")
    assert "up_good" in error.hint


def test_bytes_that_are_not_utf_8_are_shown_on_their_line(tmp_path: Path) -> None:
    error = mistake(tmp_path, themes=HEADER + "a,A,,,,,sourced\nb,Caf\udce9,,,,,sourced\n")
    assert error.line == 3
    assert "UTF-8" in error.message


def test_a_quotation_mark_that_never_closes_is_shown_on_the_line_where_it_opens(
    tmp_path: Path,
) -> None:
    error = mistake(tmp_path, themes=HEADER + 'a,A,,,"two\nlines",,sourced\nb,B,,,"open,,sourced\n')
    assert error.line == 4


def test_a_project_may_not_have_a_theme_that_is_not_there(tmp_path: Path) -> None:
    projects = HEADER.replace("source", "themes,source") + "p,P,,,,t|u,,sourced\n"
    error = mistake(tmp_path, themes=HEADER + "t,T,,,,,sourced\n", projects=projects)
    assert (error.path.name, error.line, error.column) == ("projects.csv", 2, "themes")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("PA,theme,u,adviser,,,judgement", "concept"),
        ("PA,theme,,adviser,,,judgement", "concept"),
        ("PA,idea,t,adviser,,,judgement", "kind"),
        ("PA,,t,adviser,,,judgement", "kind"),
        ("PA,theme,t,,,,judgement", "evidence"),
        (",theme,t,adviser,,,judgement", "token"),
        ("PA,theme,t,adviser,,,perhaps", "status"),
        ("PA,theme,t,a,,,judgement\nPA,theme,t,b,,,judgement", "token"),
    ],
)
def test_a_reading_that_cannot_be_used_is_refused(tmp_path: Path, row: str, column: str) -> None:
    tables = {"themes": HEADER + "t,T,,,,,sourced\n", "acronyms": ACRONYMS + row + "\n"}
    error = mistake(tmp_path, **tables)
    assert (error.path.name, error.column) == ("acronyms.csv", column)


def test_a_reading_that_is_nothing_of_ours_needs_no_concept(tmp_path: Path) -> None:
    (tmp_path / "acronyms.csv").write_text(ACRONYMS + "PA,,,Pennsylvania|per annum,,,judgement\n")
    (acronym,) = read_vocabularies(tmp_path).acronyms
    assert (acronym.kind, acronym.concept) == (None, None)
    assert acronym.evidence == ("Pennsylvania", "per annum")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_vocabulary_error(root: Path, data: bytes) -> None:
    table = b"id\n" + data
    try:
        rows = Table(root / "any.csv", ["id"], VocabularyError).rows(table)
    except VocabularyError:
        return
    assert all(set(row.cells) == {"id"} and row.line > 1 for row in rows)

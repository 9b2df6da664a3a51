"""Laws of the extract, over every text and everything that can be looked for."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.analysis.spelling import _FORMS
from searcher.analysis.tokens import WORD, exact_form, forms, is_stop, stem
from searcher.dictionary import commonest
from searcher.document import Span
from searcher.query.parse import parse
from searcher.query.tree import Not, Phrase, Word
from searcher.results.answer import Snippet
from searcher.search.snippet import LENGTH, OTHER_INITIALS, Wanted, snippet, wanted

pieces = st.sampled_from([
    "care", "families", "edge of care", "the", "safeguarding", ". ", "? ", "\n", " ", "“quoted”",
    "word " * 60, "x" * 200, "y" * 700,
])  # fmt: skip
texts = st.lists(pieces | st.text(max_size=6), max_size=40).flatmap(
    lambda parts: st.sampled_from([" ", ""]).map(lambda gap: gap.join(parts))
)
looked_for = st.builds(
    Wanted,
    st.frozensets(st.sampled_from(["care", "famili", "word", "x" * 200])),
    st.lists(st.sampled_from(["safe", "yy"]), max_size=2).map(tuple),
    st.lists(st.sampled_from([("edge", "of", "care"), ("the",)]), max_size=2).map(tuple),
)


def is_looked_for(word: str, what: Wanted) -> bool:
    form = exact_form(word)
    by_stem = not is_stop(form) and stem(form) in what.stems
    return by_stem or form.startswith(what.starts) or any(form in run for run in what.runs)


@given(texts, st.integers(0, 500), looked_for)
@example("a " * 300 + "y" * 700 + " end", 0, Wanted(frozenset({"y" * 700}), (), ()))
def test_a_snippet_is_cut_out_of_the_text_and_lights_whole_words(
    text: str, start: int, what: Wanted
) -> None:
    found = snippet(text, start, what)
    assert found.text == text[found.span.start - start : found.span.end - start]
    assert start <= found.span.start <= found.span.end <= start + len(text)
    assert len(found.text) <= LENGTH
    assert bool(found.text) == bool(text)
    end = 0
    for light in found.highlights:
        assert end <= light.start < light.end <= len(found.text)
        end = light.end
        word = light.of(found.text)
        assert WORD.fullmatch(word)
        assert is_looked_for(word, what)


@given(texts, st.integers(0, 500), looked_for)
@example("y" * 700 + " care " + "word " * 60, 0, Wanted(frozenset({"care"}), ("yy",), ()))
@example("care " + "a " * 400 + "y" * 700 + " yyy" * 2, 0, Wanted(frozenset(), ("yy",), ()))
def test_a_snippet_lights_a_word_wherever_one_of_the_words_stands(
    text: str, start: int, what: Wanted
) -> None:
    words = WORD.findall(text)
    single = Wanted(what.stems, what.starts, ())
    short = [word for word in words if is_looked_for(word, single) and len(word) < LENGTH // 2]
    if short:
        assert snippet(text, start, single).highlights


def shown(text: str, query: str) -> tuple[Snippet, list[str]]:
    found = snippet(text, 0, wanted(parse(query)))
    return found, [light.of(found.text) for light in found.highlights]


@pytest.mark.parametrize(
    ("query", "lights"),
    [
        ("family", ["Families", "family's"]),
        ("the family", ["Families", "family's"]),
        ("famil*", ["Families", "family's"]),
        ('"edge of care"', ["edge", "of", "care"]),
        ('"of edge"', []),
        ("-family care", ["care"]),
        ("safe OR care", ["care"]),
        ("year:2017 care", ["care"]),
    ],
)
def test_what_was_asked_for_is_lit_and_what_was_excluded_is_not(
    query: str, lights: list[str]
) -> None:
    text = "Families at the edge of care: the family's own words."
    found, lit = shown(text, query)
    assert (found.text, lit) == (text, lights)


def test_the_extract_is_where_most_of_the_different_words_stand() -> None:
    text = "Care. " * 100 + "Here the families and their care are told. " + "Care. " * 100
    found, lit = shown(text, "care families")
    assert {"families", "care"} <= {word.casefold() for word in lit}
    assert "families and their care" in found.text


def test_the_extract_begins_at_a_sentence_where_it_can() -> None:
    text = "Filler sentence here. " * 40 + "The families left. " + "And so on. " * 40
    found, _ = shown(text, "left")
    assert found.text.startswith("The families left.")
    assert found.span == Span(found.span.start, found.span.start + len(found.text))


def test_what_is_excluded_is_not_looked_for() -> None:
    assert wanted(Not(Word("care"))) == Wanted(frozenset(), (), ())
    assert wanted(Phrase("the care")).runs == (tuple(forms("the care")),)


@given(st.text(max_size=40))
def test_each_word_of_a_text_is_lit_where_it_is_looked_for(text: str) -> None:
    for word in WORD.findall(text):
        what = wanted(Word(word))
        lit = [exact_form(light.of(text)) for light in snippet(text, 0, what).highlights]
        assert exact_form(word) in lit or is_stop(exact_form(word))


def test_a_word_begins_as_what_it_is_looked_up_by_or_as_is_told() -> None:
    others = {
        (stem(word)[0], word[0])
        for word in (*commonest(), *_FORMS)
        if word.isascii() and word[0].isalnum() and stem(word)[0] != word[0]
    }
    assert others == set(OTHER_INITIALS.items())

from __future__ import annotations

import pytest

from searcher.errors import QueryError
from searcher.query.format import format_query
from searcher.query.parse import DEEPEST, parse, plain
from searcher.query.tree import And, Not, Or, Phrase, Prefix, Query, Range, Value, Word

A, B, C = Word("a1"), Word("b1"), Word("c1")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("care", Word("care")),
        ("  care  ", Word("care")),
        ("looked-after", Word("looked-after")),
        ("children’s", Word("children’s")),
        ("http://example.org", Word("http://example.org")),
        ("or and not", And((Word("or"), Word("and"), Word("not")), implicit=True)),
        ("a1 b1", And((A, B), implicit=True)),
        ("a1 AND b1", And((A, B))),
        ("a1 b1 AND c1", And((A, B, C))),
        ("a1 OR b1 OR c1", Or((A, B, C))),
        ("a1 b1 OR c1", Or((And((A, B), implicit=True), C))),
        ("a1 AND (b1 OR c1)", And((A, Or((B, C))))),
        ("((a1))", A),
        ("NOT a1", Not(A)),
        ("-a1", Not(A)),
        ("a1 -b1", And((A, Not(B)), implicit=True)),
        ("-(a1 b1)", Not(And((A, B), implicit=True))),
        ("NOT -a1", Not(Not(A))),
        ('"edge of care"', Phrase("edge of care")),
        ("“edge of care”", Phrase("edge of care")),
        ("„edge of care“", Phrase("edge of care")),
        ("«edge of care»", Phrase("edge of care")),
        ('a1"b c"', And((A, Phrase("b c")), implicit=True)),
        ('-"b c"', Not(Phrase("b c"))),
        ("safeguard*", Prefix("safeguard")),
        ("safeguard*.", Prefix("safeguard")),
        ("title:pause", Word("pause", "title")),
        ("TITLE:pause", Word("pause", "title")),
        ('heading:"key findings"', Phrase("key findings", "heading")),
        ("body:famil*", Prefix("famil", "body")),
        ("project:pause", Value("project", "pause")),
        ('theme:"edge of care"', Value("theme", "edge of care")),
        ("outcome:re-referral", Value("outcome", "re-referral")),
        ("design:rct", Value("design", "rct")),
        ('publisher:"Example, Ltd"', Value("publisher", "Example, Ltd")),
        ("report:pause-2017", Value("report", "pause-2017")),
        ("year:2017", Range("year", 2017, 2017)),
        ("year:2015..2018", Range("year", 2015, 2018)),
        ("year:..2018", Range("year", None, 2018)),
        ("year:2015..", Range("year", 2015, None)),
        ("page:12..20", Range("page", 12, 20)),
        ('year:"2017"', Range("year", 2017, 2017)),
        ("a1 ... ; b1", And((A, B), implicit=True)),
        ("a1 () b1", And((A, B), implicit=True)),
        ('a1 "…"', A),
        ("**a1**", Word("**a1**")),
        ("a1 ** b1", And((A, B), implicit=True)),
        ("in care?", And((Word("in"), Word("care?")), implicit=True)),
        ("(why?)", Word("why?")),
        ("http://example.org/?q=1", Word("http://example.org/?q=1")),
        ("Title: care", And((Word("Title:"), Word("care")), implicit=True)),
        ("title: care", And((Word("title:"), Word("care")), implicit=True)),
        ("page:1", Range("page", 1, 1)),
    ],
)
def test_every_construct_is_read_as_described(text: str, tree: Query) -> None:
    assert parse(text) == tree
    assert parse(format_query(tree)) == tree


@pytest.mark.parametrize(
    ("text", "column", "problem", "hint"),
    [
        ("", 0, "holds no word", "for example"),
        (" … ", 0, "holds no word", "for example"),
        ("()", 0, "holds no word", "for example"),
        ('care "leavers', 5, "quotation mark is not closed", 'end it with "'),
        ("care (leavers", 5, "bracket is not closed", "end it with )"),
        ("care) leavers", 4, "')' closes nothing", ""),
        ("OR care", 0, "OR has nothing on its left", ""),
        ("care OR", 7, "OR has nothing on its right", ""),
        ("care OR OR leavers", 7, "OR has nothing on its right", ""),
        ("AND care", 0, "AND has nothing on its left", ""),
        ("care AND", 8, "AND has nothing on its right", ""),
        ("care AND ()", 8, "AND has nothing on its right", ""),
        ("care NOT", 8, "NOT has nothing on its right", ""),
        ("-()", 1, "- has nothing on its right", ""),
        ("care them:x", 5, "field 'them' is not known", "did you mean theme:?"),
        ("qqq:x", 0, "field 'qqq' is not known", "fields are title, heading"),
        ("title:(a b)", 6, "title: has no value", 'title:word or title:"two words"'),
        ('theme:"…"', 6, "theme: has no value", "theme:word"),
        ("year:now", 5, "'now' is no year", "year:2017 or year:2015..2018"),
        ("year:..", 5, "'..' is no year", "year:2017 or year:2015..2018"),
        ("year:2015-2018", 5, "'2015-2018' is no year", "year:2015..2018"),
        ("year:1234567890123", 5, "is no year", "year:2017"),
        ("page:iv", 5, "'iv' is no page", "page:12 or page:12..20"),
        ("year:2018..2015", 5, "year runs backwards", "year:2015..2018"),
        ("care a*", 5, "'a*' is too short a beginning", "at least 2 letters"),
        ("care --a*", 5, "'--a*' is too short a beginning", "at least 2 letters"),
        ("ca?e leavers", 2, "'?' stands before the end", "safeguard*"),
        ("the *care", 4, "'*' stands before the end", "safeguard*"),
        ("the *care*", 4, "'*' stands before the end", "safeguard*"),
        ("ed*e", 2, "'*' stands before the end", "safeguard*"),
        ("?care", 0, "'?' stands before the end", "safeguard*"),
        ("title:ca*e", 8, "'*' stands before the end", "safeguard*"),
        ("page:-1", 5, "'-1' is no page", "page:12 or page:12..20"),
        ("year:-x", 5, "'-x' is no year", "year:2017"),
        ("page:0", 5, "'0' is no page", "page:1"),
        ("care co-p*", 5, "'co-p*' is too short a beginning", "at least 2 letters"),
    ],
)
def test_every_mistake_is_shown_at_its_column_with_a_hint(
    text: str, column: int, problem: str, hint: str
) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert problem in refused.value.message
    assert hint in refused.value.hint
    assert (refused.value.column, refused.value.query) == (column, text)


@pytest.mark.parametrize("opening", ["NOT ", "-(", "(b1 OR "])
def test_nesting_has_an_end_that_is_told_and_not_a_crash(opening: str) -> None:
    closing = ")" * opening.count("(")
    for deep in (DEEPEST + 1, 5000):
        with pytest.raises(QueryError, match="nested more than"):
            parse(opening * deep + "a1 c1" + closing * deep)


def test_brackets_around_nothing_else_do_no_harm_until_they_are_absurd() -> None:
    assert parse("(" * 100 + "a1" + ")" * 100) == A
    with pytest.raises(QueryError, match="nested more than"):
        parse("(" * 5000 + "a1" + ")" * 5000)


@pytest.mark.parametrize("text", ['a1 AND "b1', "NOT (OR) -x*", "title:x year:y", "5 > 4"])
def test_in_plain_words_nothing_is_an_operator(text: str) -> None:
    tree = plain(text)
    assert isinstance(tree, And)
    assert tree.implicit
    assert all(isinstance(clause, Word) and clause.field is None for clause in tree.clauses)


def test_one_plain_word_is_a_word_and_none_is_a_mistake() -> None:
    assert plain("care!") == Word("care")
    with pytest.raises(QueryError, match="holds no word"):
        plain("?!")

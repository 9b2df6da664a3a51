"""A search read without click is the search that click reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.cli import straight
from searcher.cli.find import FORMATS, LIMIT, PER_REPORT
from searcher.cli.main import cli
from searcher.cli.narrow import FILTERS
from searcher.cli.search import search
from searcher.cli.settings import META
from searcher.errors import SearcherError

if TYPE_CHECKING:
    from collections.abc import Sequence

FLAGS = sorted({*straight.SWITCHES, *straight.ONE, *straight.MANY})
VALUES = ["", "care", "-", "--", "2", "0", "-1", "x", "2016..2019", "2019..2016", "always", "json"]
words = st.one_of(
    st.sampled_from(FLAGS),
    st.sampled_from(VALUES),
    st.builds("{}={}".format, st.sampled_from(FLAGS), st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(["-n", "-v", "-q", "-h", "-V"]), st.sampled_from(VALUES)).map(
        "".join
    ),
    st.sampled_from(["--help", "--lim", "--none", "-vq", "--no-any", "search"]),
)
fitting = st.one_of(
    st.sampled_from([["care"], ["leavers"], ["--any"], ["--json"], ["-q"], ["-v"], ["--no-pager"]]),
    st.tuples(st.sampled_from(["-n", "--limit", "--offset", "--per-report"]), st.just("3")).map(
        list
    ),
    st.tuples(st.sampled_from(sorted(straight.MANY)), st.sampled_from(["a", "b"])).map(list),
    st.tuples(st.just("--year"), st.sampled_from(["2016", "2016..", "..2019"])).map(list),
    st.tuples(st.just("--color"), st.sampled_from(["auto", "never", "red"])).map(list),
    st.tuples(st.sampled_from(["--index", "--corpus", "--format"]), st.just("csv")).map(list),
)
lines = st.one_of(
    st.lists(words, max_size=6),
    st.lists(fitting, max_size=6).map(lambda parts: [word for part in parts for word in part]),
)


def read_by_click(given: Sequence[str]) -> tuple[dict[str, Any], dict[str, object]]:
    """Return the parameters of a search and the common options, as click reads ``given``.

    Raises:
        click.ClickException, click.exceptions.Exit, SearcherError: it reads no search in it.
    """
    with cli.make_context("searcher", list(given)) as context:
        name, command, rest = cli.resolve_command(context, context._protected_args + context.args)  # noqa: SLF001
        assert command is search
        with search.make_context(name, rest, parent=context) as inner:
            common = {key: value for key, value in inner.meta.items() if key.startswith(META)}
            return inner.params, common


def as_click_has_it(asked: straight.Asked) -> dict[str, object]:
    """Return the parameters that ``asked`` stands for; what it cannot hold is as in no line."""
    unread, _ = read_by_click(["search", "care"])
    filters = dict(asked.only.filters)
    return unread | {
        "query": asked.query, "facet": asked.facet, "any_word": asked.any_word,
        "limit": LIMIT, "offset": 0, "per_report": PER_REPORT, **asked.numbers,
        "year": asked.only.year, **{name: filters.get(name, ()) for name, _ in FILTERS},
    }  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(lines)
def test_what_is_read_without_click_is_what_click_reads(line: list[str]) -> None:
    asked = straight.read(["search", *line])
    if asked is not None:
        assert (as_click_has_it(asked), asked.meta) == read_by_click(["search", *line])


@pytest.mark.parametrize(
    "line",
    [
        ["care"],
        ["edge", "of", "care", "--index", "elsewhere"],
        ["care", "-n", "5", "--offset=5", "--per-report", "0", "--any"],
        ["care", "--theme", "a", "--theme", "b", "--project=p", "--facet", "year"],
        ["care", "--year", "2016..2019", "--json", "-q", "--no-pager", "--color", "never"],
        ["care", "--format", "csv", "-v", "--verbose", "--corpus", "c"],
        ["--", "--any"],
        ["-"],
    ],
)
def test_a_usual_search_is_read_without_click(line: list[str]) -> None:
    asked = straight.read(["search", *line])
    assert asked is not None
    assert (as_click_has_it(asked), asked.meta) == read_by_click(["search", *line])


@pytest.mark.parametrize(
    "line",
    [
        [], ["search"], ["reports"], ["--json", "search", "care"], ["search", "care", "--help"],
        ["search", "care", "-n", "0"], ["search", "care", "-n", "x"], ["search", "care", "-n"],
        ["search", "care", "--year", "16"], ["search", "care", "--nme", "x"],
        ["search", "care", "--color", "red"], ["search", "care", "--index", __file__],
        ["search", "care", "-n5"], ["search", "care", "--any=1"], ["search", "-n", "5"],
    ],
)  # fmt: skip
def test_what_is_unusual_or_wrong_is_left_to_click(line: list[str]) -> None:
    assert straight.read(line) is None


def test_click_refuses_none_of_the_formats_a_search_prints() -> None:
    assert tuple(search.formats) == FORMATS


def test_a_wrong_line_is_refused_by_click() -> None:
    with pytest.raises((click.ClickException, SearcherError)):
        read_by_click(["search", "care", "--year", "16"])

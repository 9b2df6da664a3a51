"""Publishers whose names look like no body's: told where two kinds of evidence agree."""

from __future__ import annotations

import pytest

from searcher.document import BlockKind, Span
from searcher.extract.pdf.metadata.agreement import agreed_publisher
from searcher.extract.pdf.metadata.cover import CoverLine, Front, Sheet

TITLE = "Family safeguarding in Easterby"


def front(*lines: str, foot: str = "") -> Front:
    """Return the first sheets of a report: its title, its imprint's ``lines`` and its foot."""
    kinds = [(TITLE, BlockKind.TITLE), *((line, BlockKind.PARAGRAPH) for line in lines)]
    kinds += [(foot, BlockKind.FOOTER)] if foot else []
    placed = tuple(CoverLine(text, Span(0, len(text)), 2, kind) for text, kind in kinds)
    return Front((Sheet(1, placed, (), 40),), ())


def publisher(*lines: str, foot: str = "", stated: tuple[str, ...] = ()) -> str | None:
    found = agreed_publisher(front(*lines, foot=foot), stated)
    if found is not None:
        assert found.span
        assert any(found.span.of(line) == found.value for line in (*lines, foot))
    return found.value if found else None


@pytest.mark.parametrize(
    "lines",
    [
        ("© Coram 2019", "www.coram.org.uk"),
        ("Coram is a registered charity no. 000000", "T: 020 0000 0000 E: reception@coram.org.uk"),
        ("Coram. Registered charity number 000000", "© Coram, 2019"),
    ],
)
def test_a_name_that_two_things_say_is_the_publishers(lines: tuple[str, ...]) -> None:
    assert publisher(*lines) == "Coram"


def test_a_running_line_is_borne_out_by_a_site_or_the_file() -> None:
    assert publisher("www.coram.org.uk", foot="Coram | 2019") == "Coram"
    assert publisher(foot="Coram | 2019", stated=("Coram",)) == "Coram"


def test_a_publishing_house_goes_by_its_own_name() -> None:
    assert publisher("© OECD 2019", "OECD Publishing, Paris") == "OECD Publishing"
    cited = "Please cite this publication as: OECD (2019), Care, OECD Publishing, Paris."
    assert publisher(cited, "You can copy it for your own use. © OECD 2019") == "OECD Publishing"


@pytest.mark.parametrize(
    "lines",
    [
        ("© Coram 2019",),
        ("www.coram.org.uk", "www.example.org"),
        ("OECD (2019), Care, OECD Publishing, Paris, https://www.oecd.org/a/page",),
        ("© Crown copyright 2019", "www.ons.gov.uk"),
        ("© Barnardo 2019", "www.coram.org.uk"),
    ],
)
def test_what_one_thing_says_or_nothing_else_bears_out_is_not_believed(
    lines: tuple[str, ...],
) -> None:
    assert publisher(*lines) is None


def test_neither_a_title_nor_a_person_becomes_the_publisher() -> None:
    assert publisher("www.familysafeguarding.org.uk", foot="Family safeguarding") is None
    assert publisher("© Ann Other 2019", stated=("Ann Other",)) is None
    assert publisher("© Ann Other 2019", foot="Ann Other") is None

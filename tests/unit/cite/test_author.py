from __future__ import annotations

import pytest
from hypothesis import given

from searcher.cite.author import Author, author
from searcher.cite.line import one_line
from tests.strategies import texts


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ("Given Surname", "Surname, Given"),
        ("Surname, Given", "Surname, Given"),
        ("Surname, G.", "Surname, G."),
        ("G. M. Surname", "Surname, G. M."),
        ("GM Surname", "Surname, GM"),
        ("Professor Given Surname", "Surname, Given"),
        ("Dr. Given Surname", "Surname, Given"),
        ("Given van der Surname", "van der Surname, Given"),
        ("Given O’Surname-Name", "O’Surname-Name, Given"),
        ("Given Surname (lead inspector)", "Surname, Given"),
        ("  Given\nSurname ", "Surname, Given"),
    ],
)
def test_a_person_is_named_surname_first(name: str, inverted: str) -> None:
    assert author(name).is_person
    assert author(name).inverted == inverted


@pytest.mark.parametrize(
    "name",
    [
        "Ofsted", "Sample Evaluation Unit", "Northshire Council", "University of Northshire",
        "Department for Business, Energy & Industrial Strategy", "Home Office", "Example LLP",
        "Sample, Unit", "Sample Associates Ltd.", "Sample MORI", "Sample & Sample", "Area 51",
        "Research in Practice", "Four Words In Capitals", "National Audit Office (London)",
    ],
)  # fmt: skip
def test_a_body_keeps_its_name_as_it_is(name: str) -> None:
    assert author(name) == Author(name)


def test_braces_in_the_catalogue_say_that_a_name_is_a_bodys() -> None:
    assert author("{Given Surname}") == Author("Given Surname")
    assert not author("{Given Surname}").is_person


@given(texts())
def test_no_word_of_a_body_is_lost(name: str) -> None:
    found = author(name)
    if not found.is_person:
        assert found.name in one_line(name)

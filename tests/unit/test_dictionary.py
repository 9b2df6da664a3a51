from __future__ import annotations

import subprocess
import sys

import pytest

from searcher.dictionary import is_word


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("organise", "organize"),
        ("behavioural", "behavioral"),
        ("neighbourhood", "neighborhood"),
        ("centres", "centers"),
        ("centred", "centered"),
        ("analysed", "analyzed"),
        ("catalogued", "cataloged"),
        ("cataloguing", "cataloging"),
        ("catalogue", "catalog"),
        ("offence", "offense"),
        ("counselling", "counseling"),
        ("enrolment", "enrollment"),
        ("paediatric", "pediatric"),
        ("oestrogen", "estrogen"),
        ("programme", "program"),
    ],
)
def test_a_word_is_a_word_in_british_and_in_american_spelling(british: str, american: str) -> None:
    assert is_word(british)
    assert is_word(american)


def test_case_and_a_possessive_do_not_matter() -> None:
    assert is_word("Children's")
    assert is_word("FAMILIES’")
    assert not is_word("’s")


@pytest.mark.parametrize("text", ["evidencebased", "ofthe", "enviroment", "RUZDUG", "servlces", ""])
def test_what_no_dictionary_spells_so_is_no_word(text: str) -> None:
    assert not is_word(text)


def test_searching_loads_no_dictionary() -> None:
    program = (
        "import sys, searcher.search.engine, searcher.dictionary as d;"
        "assert d._words.cache_info().currsize == 0; assert 'symspellpy' not in sys.modules;"
        "assert d.is_word('word'); assert 'symspellpy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

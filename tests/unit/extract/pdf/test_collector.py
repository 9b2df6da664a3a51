"""The collector of cycles is put off, and then is as it was."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from searcher.errors import ExtractionError
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.collector import collector_paused

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was_on else gc.disable)()


def test_the_collector_is_off_while_paused_and_on_afterwards() -> None:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_the_collector_is_on_again_after_a_file_that_cannot_be_read() -> None:
    with pytest.raises(ExtractionError):
        PdfExtractor().extract(b"%PDF-1.4 and no more")
    assert gc.isenabled()

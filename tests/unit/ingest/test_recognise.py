"""Text recognition during an ingest, under limits."""

from __future__ import annotations

from searcher.ingest.ingest import ingest
from tests.unit.extract.pdf.drawing import pdf, prose
from tests.unit.extract.pdf.test_ocr import TESSERACT, needs_tesseract, scanned
from tests.unit.ingest.bench import Bench

HUNDREDTH = {"timeout_seconds": 0.01}


@needs_tesseract
def test_a_file_that_takes_too_long_to_recognise_says_which_option_gives_it_longer(
    bench: Bench,
) -> None:
    bench.put("mixed.pdf", pdf(prose, scanned))
    bench.ingest()
    hurried = bench.limited(**HUNDREDTH)  # type: ignore[arg-type]
    summary = ingest([bench.corpus], hurried.settings, recogniser=TESSERACT)
    (note,) = [note for note in summary.notes if note.startswith("mixed.pdf")]
    assert "was not read within 0.1 s, 10 times --timeout" in note
    assert "raise --timeout over 0.01" in note

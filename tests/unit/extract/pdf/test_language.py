from __future__ import annotations

import pytest

from searcher.document import BlockKind, Document, Source
from searcher.extract.builder import DocumentBuilder
from searcher.extract.pdf.metadata.language import find_language

ENGLISH = (
    "It was found that the families of the town were in need of help and that it is for them. "
)
WELSH = (
    "Mae hyn yn un o'r pethau sydd wedi bod ar y ffordd i ni ac mae wedi cael ei wneud gan y tîm. "
)
FRENCH = (
    "Les familles de la ville ont dit que le service est dans une situation qui ne les aide pas. "
)


def written(text: str) -> Document:
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, "Title")
    builder.add(BlockKind.PARAGRAPH, text)
    builder.end_page()
    return builder.build(media_type="application/pdf", reader="test")


@pytest.mark.parametrize(
    ("text", "stated", "tag", "source"),
    [
        (ENGLISH * 9, "EN_gb", "en-GB", Source.EMBEDDED),
        (ENGLISH * 9, "", "en", Source.CLASSIFIED),
        (WELSH * 9, "en-GB", "cy", Source.CLASSIFIED),
        (FRENCH * 9, "en-US", "fr", Source.CLASSIFIED),
        ("Too short to tell.", "zh-hant-tw", "zh-Hant-TW", Source.EMBEDDED),
    ],
)
def test_the_file_is_believed_unless_the_small_words_are_plainly_anothers(
    text: str, stated: str, tag: str, source: Source
) -> None:
    found = find_language(written(text), stated)
    assert found is not None
    assert (found.value, found.source) == (tag, source)


def test_a_language_that_was_told_shows_the_words_that_tell_it() -> None:
    document = written(WELSH * 9)
    found = find_language(document, "")
    assert found is not None
    assert found.span is not None
    assert "Mae hyn yn" in found.span.of(document.text)


@pytest.mark.parametrize("stated", ["", "English (UK)", "12"])
def test_what_is_no_tag_and_too_short_to_tell_has_no_language(stated: str) -> None:
    assert find_language(written("42 17 99"), stated) is None

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.document import BlockKind, Document, Found, Source
from searcher.errors import ExtractionError, Reason
from searcher.extract.markdown import MarkdownExtractor, plain_text

REPORT = """\
---
title: "An evaluation: final report"
authors: [Ann One, Bea Two]
publisher: A council
date: 2019-04-01
---

# Final report {#top}

Some *emphasis*, a [link](https://example.org/a_(b)) and snake_case_name[^1].

Method
------

- one
  goes on
- two `code`

1. first

| a | b |
|---|--:|
| 1 | **2** |

```
# no heading

2 * 3 * 4
```

> Quoted words.

[^1]: A note.
[link]: https://example.org
"""


def read(text: str) -> Document:
    return MarkdownExtractor().extract(text.encode())


def blocks(document: Document) -> list[tuple[BlockKind, str]]:
    (page,) = document.pages
    return [(block.kind, block.span.of(document.text)) for block in page.blocks]


def test_each_kind_of_block_is_recognised() -> None:
    assert blocks(read(REPORT)) == [
        (BlockKind.TITLE, "Final report"),
        (
            BlockKind.PARAGRAPH,
            "Some emphasis, a link and snake_case_name [1].",
        ),
        (BlockKind.HEADING, "Method"),
        (BlockKind.LIST_ITEM, "one\ngoes on"),
        (BlockKind.LIST_ITEM, "two code"),
        (BlockKind.LIST_ITEM, "first"),
        (BlockKind.TABLE, "a | b\n1 | 2"),
        (BlockKind.PARAGRAPH, "# no heading\n2 * 3 * 4"),
        (BlockKind.PARAGRAPH, "Quoted words."),
        (BlockKind.FOOTNOTE, "1 A note."),
    ]


def test_front_matter_is_metadata_and_not_text() -> None:
    document = read(REPORT)
    metadata = document.metadata
    assert metadata.title == Found("An evaluation: final report", Source.EMBEDDED)
    assert metadata.authors == Found(("Ann One", "Bea Two"), Source.EMBEDDED)
    assert metadata.publisher == Found("A council", Source.EMBEDDED)
    assert metadata.year == Found(2019, Source.EMBEDDED)
    assert "council" not in document.text


def test_without_front_matter_the_first_heading_is_the_title_with_its_span() -> None:
    document = read("words\n\nThe *title*\n===\n\n# Another\n\n### Deep ###")
    title = document.metadata.title
    assert title is not None
    assert title.source is Source.TITLE_PAGE
    assert title.span is not None
    assert title.value == title.span.of(document.text) == "The title"
    levels = [block.level for block in document.pages[0].blocks]
    assert levels == [None, None, 1, 3]


def test_headings_carry_their_anchors() -> None:
    document = read("# Top {#start}\n\n## Next")
    assert [block.anchor for block in document.pages[0].blocks] == ["start", None]


def test_a_rule_that_opens_the_file_and_never_closes_is_no_front_matter() -> None:
    assert read("---\ntitle: words").text == "title: words"


@given(st.lists(st.sampled_from(["alpha", "beta", "# gamma", "- delta", "", "> eps", "| zeta |"])))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join([*lines, "end"])
    words = re.findall(r"\w+", text)
    assert re.findall(r"\w+", read(text).text) == words


@pytest.mark.parametrize(
    "text", ["p < 0.05 and q > 2", "2 * 3 * 4", "snake_case_name", "a_b and c_d", "50% [sic]"]
)
def test_what_only_looks_like_a_mark_stays(text: str) -> None:
    assert plain_text(text) == text


def test_a_file_without_words_has_no_text() -> None:
    with pytest.raises(ExtractionError) as error:
        read("---\ntitle: words\n---\n\n")
    assert error.value.reason is Reason.NO_TEXT

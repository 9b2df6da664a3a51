"""Prints a sample report as a web page: an office's publication, or a post of a weblog."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from itertools import count
from pathlib import Path
from string import Template

from samples.blocks import NOTICE, Block, Heading, Items, Prose, Sample, Table
from samples.words import mark_up

PAGES = Path(__file__).parent / "pages"
_NOTE_IN_PAGE = (
    r'<sup id="fnref:\1"><a href="#fn:\1" class="footnote" rel="footnote">[footnote \1]</a></sup>'
)
_DIVIDED = (("Lifelong", "Life&shy;long"), ("co-ordinator", "co-ordi&shy;nator"))
_COUNTED = re.compile(r"(?<=\d) (?=children|people|moves)")


def write_government_page(sample: Sample) -> str:
    """Return ``sample`` as a page of an office: ids on headings, a contents list, footnotes."""
    headings = [block for block in sample.blocks if isinstance(block, Heading)]
    contents = "\n".join(
        f'<li><a href="#{anchor_of(heading)}">{escape(heading.text)}</a></li>'
        for heading in headings
        if heading.level == 1
    )
    notes = "\n".join(
        f'<li id="fn:{label}"><p>{mark_up(text, "")} <a href="#fnref:{label}">&#8617;</a></p></li>'
        for label, text in sample.notes
    )
    body = "\n".join(_write_blocks(sample.blocks, anchors=True))
    return _fill("government.html", sample, {"contents": contents, "notes": notes, "body": body})


def write_weblog_page(sample: Sample) -> str:
    """Return ``sample`` as a post, with soft hyphens and no-break spaces in its text."""
    body = "\n".join(_write_blocks(sample.blocks, anchors=False))
    for whole, divided in _DIVIDED:
        body = body.replace(whole, divided)
    body = _COUNTED.sub("&nbsp;", body)
    record = {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": sample.title,
        "datePublished": _iso_date(sample),
        "author": [{"@type": "Organization", "name": name} for name in sample.authors],
        "publisher": {"@type": "Organization", "name": sample.publisher},
        "inLanguage": "en-GB",
    }
    return _fill("weblog.html", sample, {"record": json.dumps(record, indent=1), "body": body})


def anchor_of(heading: Heading) -> str:
    """Return the id under which a page links to ``heading``."""
    return re.sub(r"[^a-z0-9]+", "-", heading.text.lower()).strip("-")


def _fill(name: str, sample: Sample, parts: dict[str, str]) -> str:
    facts = {
        "title": escape(sample.title),
        "subtitle": escape(sample.subtitle),
        "publisher": escape(sample.publisher),
        "authors": escape(", ".join(sample.authors)),
        "series": escape(sample.series),
        "date": sample.date,
        "isodate": _iso_date(sample),
        "notice": NOTICE,
    }
    template = Template((PAGES / name).read_text(encoding="utf-8"))
    return template.substitute(facts, **parts)


def _iso_date(sample: Sample) -> str:
    return datetime.strptime(f"{sample.date} +0000", "%d %B %Y %z").date().isoformat()


def _write_blocks(blocks: tuple[Block, ...], *, anchors: bool) -> Iterator[str]:
    numbers = count(1)
    for block in blocks:
        match block:
            case Heading(level, text):
                anchor = f' id="{anchor_of(block)}"' if anchors else ""
                yield f"<h{level + 1}{anchor}>{escape(text)}</h{level + 1}>"
            case Prose(text, quoted=True):
                yield f"<blockquote><p>{mark_up(text, _NOTE_IN_PAGE)}</p></blockquote>"
            case Prose(text):
                yield f"<p>{mark_up(text, _NOTE_IN_PAGE)}</p>"
            case Items(texts, numbered):
                tag = "ol" if numbered else "ul"
                items = "".join(f"<li>{mark_up(text, _NOTE_IN_PAGE)}</li>\n" for text in texts)
                yield f"<{tag}>\n{items}</{tag}>"
            case Table():
                yield _write_table(block, next(numbers))
            case _:
                msg = "a web page has no sheets"
                raise ValueError(msg)


def _write_table(table: Table, number: int) -> str:
    head, *rows = table.rows
    names = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "\n".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>"
    return (
        f'<table id="table-{number}">\n{caption}\n<thead><tr>{names}</tr></thead>\n'
        f"<tbody>\n{lines}\n</tbody>\n</table>"
    )

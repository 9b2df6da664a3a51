"""Blocks that stand in the report without being of it: credits, share bars, links to read on.

All are told by what they say, so they are found wherever a page puts them, and each rule keeps
what it cannot tell: a caption with a number, a link to a file, a line with a word of its own.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from searcher.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from searcher.extract.html.blocks import HtmlBlock

LINKS_IN_A_ROW = 3
_NUMBERED = re.compile(
    r"(?i:figure|fig\.?|chart|table|map|box|exhibit|diagram|graph|image|panel|plate|ffigur|tabl|"
    r"siart)\s*(?:\d{1,3}|[A-Z]{1,2}\d{0,2})\b"
)
_CREDIT = re.compile(
    r"\b(?:getty|reuters|afp|associated press|ap photo|shutterstock|istock|alamy|epa|unsplash|"
    r"pa (?:images|wire|media)|photograph(?:ed)? by|courtesy (?:of|photo))\b|"
    r"\b(?:photos?|photographs?|images?|pictures?|pics?|credits?)(?: credits?| by| via)?\s*:|"
    r"\b(?:image|photo|picture) credit\b|[/|,] ?ap\b|\(ap\)|©(?! ?crown)",
    re.I,
)
_SHARING = frozenset(
    "share sharing this page article story post on via with by to and or in a the it your friends "
    "facebook twitter x linkedin whatsapp pinterest pint reddit tumblr telegram instagram youtube "
    "google plus email e mail print save pocket flipboard messenger copy link tweet like follow us "
    "rss sms viber skype digg stumbleupon vk line bluesky mastodon threads more comment comments "
    "0 1 2 3 close back top scroll".split()
)
_NETWORKS = frozenset(
    "share facebook twitter linkedin whatsapp pinterest reddit tumblr telegram tweet email print "
    "flipboard google".split()
)
_LABELS = frozenset(
    "advertisement advertisements advertising ad ads sponsored advert advertorial iklan publicidade"
    " publicidad werbung anzeige".split()
)
_DATE_WORDS = frozenset(
    "first last published posted updated modified original created on at of am pm gmt bst utc cst "
    "cdt est edt pst pdt mst et ct pt mon tue tues wed thu thur thurs fri sat sun monday tuesday "
    "wednesday thursday friday saturday sunday jan feb mar apr may jun jul aug sep sept oct nov "
    "dec january february march april june july august september october november december".split()
)
_CLOCK = re.compile(r"\d:\d\d")
_CALL = re.compile(
    r"(?:please )?(?:"
    r"sign up\b.*\b(?:newsletters?|alerts?|e-?mails?|updates|inbox|here)\b|"
    r"subscribe (?:to|now|here|today)|click here to (?:subscribe|sign|comment|share)|"
    r"follow (?:us\b|@|.{3,40} on (?:twitter|facebook|instagram|linkedin)\b)|"
    r"like us\b|like this (?:story|article|page|post)\b|tell us what you think|"
    r"share (?:this(?: \w+)?|your (?:thoughts|views|story))"
    r"(?: (?:on|via|with (?:your )?friends?)\b|\W*$)|"
    r"you (?:may|might) also (?:like|enjoy|be interested)|do(?:n['’]|n)?t miss\b|"
    r"image \d+ of \d|have a tip|back to top|all rights reserved|view all\W*$|"
    r"get (?:the|our) (?:latest|daily|weekly|free|day['’]s)\b.*\b(?:news\w*|updates|headlines)\b|"
    r"(?:read|see|find out) more\s*:|more on this (?:story|topic))",
    re.I,
)
MAX_CALL_WORDS = 30
_WORD = re.compile(r"\w+")
_REFERENCES = re.compile(
    r"\b(?:references?|bibliography|sources?|notes|footnotes|endnotes|works cited|citations?|"
    r"literature|documents?|attachments?|publications?|reports?|data|annex(?:es)?|appendi\w+)\b",
    re.I,
)
FEW_WORDS = 4


def without_asides(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Return ``blocks`` without credits of photographs, share bars and what leads elsewhere."""
    said = [block for block in _without_credits(blocks) if not _is_label(block)]
    return _without_links(said)


def _without_credits(blocks: Sequence[HtmlBlock]) -> Iterator[HtmlBlock]:
    """Pass over each run of captions that credits a photographer, but for those with a number."""
    for is_caption, group in groupby(blocks, key=lambda block: block.kind is BlockKind.CAPTION):
        run = list(group)
        if not is_caption or not any(map(_is_credited, run)):
            yield from run
            continue
        yield from (block for block in run if _NUMBERED.match(block.text))


def _is_credited(block: HtmlBlock) -> bool:
    return _CREDIT.search(block.text) is not None and _NUMBERED.match(block.text) is None


def _is_label(block: HtmlBlock) -> bool:
    """Tell whether ``block`` only names networks to share it on, or says what an advert is."""
    if block.kind in {BlockKind.TABLE, BlockKind.TITLE, BlockKind.FOOTNOTE}:
        return False
    if _CALL.match(block.text) and len(block.text.split()) <= MAX_CALL_WORDS:
        return True
    words = {word.lower() for word in _WORD.findall(block.text[:300])}
    if not words or len(block.text) > 200:
        return False
    if _CLOCK.search(block.text) and all(w in _DATE_WORDS or w[0].isdigit() for w in words):
        return True
    return words <= _LABELS or (words <= _SHARING and bool(words & _NETWORKS))


def _without_links(blocks: list[HtmlBlock]) -> list[HtmlBlock]:
    """Return ``blocks`` without those that lead elsewhere, and the headings over them alone.

    List items go where three or more stand together; a list of references is kept.
    """
    kept: list[HtmlBlock] = []
    dropped = False
    for is_link, group in groupby(blocks, key=_leads_elsewhere):
        run = list(group)
        if is_link and not _is_under_references(kept):
            left = [block for block in run if not _goes(block, run)]
            dropped = not left
            kept += left
            continue
        if dropped and run[0].kind is BlockKind.HEADING:
            _drop_heading(kept)
        kept += run
        dropped = False
    if dropped:
        _drop_heading(kept)
    return kept


def _goes(block: HtmlBlock, run: list[HtmlBlock]) -> bool:
    if len(run) >= LINKS_IN_A_ROW:
        return True
    return (
        block.kind is not BlockKind.LIST_ITEM
        and not block.is_file
        and len(block.text.split()) >= FEW_WORDS
    )


def _leads_elsewhere(block: HtmlBlock) -> bool:
    return block.is_link and (
        block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} or block.is_bold
    )


def _is_under_references(blocks: list[HtmlBlock]) -> bool:
    heading = next((b for b in reversed(blocks) if b.kind is BlockKind.HEADING), None)
    return heading is not None and _REFERENCES.search(heading.text) is not None


def _drop_heading(blocks: list[HtmlBlock]) -> None:
    """Take a heading with nothing under it off the end."""
    if blocks and blocks[-1].kind is BlockKind.HEADING:
        blocks.pop()

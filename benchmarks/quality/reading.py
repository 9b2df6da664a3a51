"""How well reports are read: words, order, furniture, hyphens, headings, metadata, web pages.

    python -m benchmarks.quality.reading [PART …] [--shared FOLDER] [--each]

PART is layout (with hyphens), headings, metadata or html; without any, all. Layout, hyphens and
headings are scored by the scorer that comes with the hand-made truth. A value of the record is
right if it equals the truth once case, punctuation, accents and what stands in brackets are put
aside and "&" is "and"; a report without authors is right if none are found. Web pages are compared
by runs of four words, each page's F1 averaged.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import importlib.util
import json
import re
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

from searcher.document import BlockKind, Document
from searcher.extract.html import HtmlExtractor
from searcher.extract.pdf import PdfExtractor

PARTS = ("layout", "headings", "metadata", "html")
_HEADINGS = (BlockKind.HEADING,)


def main() -> None:
    """Score the parts asked for and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--each", action="store_true", help="show every page, report and value")
    asked = parser.parse_args()
    parts = asked.parts or list(PARTS)
    if {"layout", "headings"} & set(parts):
        _score_layout(asked.shared, parts, each=asked.each)
    if "metadata" in parts:
        _score_metadata(asked.shared / "corpus", each=asked.each)
    if "html" in parts:
        _score_articles(asked.shared / "collections" / "articles", each=asked.each)


def _score_layout(shared: Path, parts: list[str], *, each: bool) -> None:
    truth = shared / "truth"
    scorer = _scorer(truth / "score_layout.py")
    layout, hyphens, headings = (
        scorer.read(truth / f"{name}_truth.jsonl") for name in ("layout", "hyphens", "headings")
    )
    paged = layout + hyphens if "layout" in parts else []
    outlined = headings if "headings" in parts else []
    wanted = {row["file"] for row in [*paged, *outlined]}
    read = {file: _read(shared / "corpus" / file) for file in sorted(wanted)}
    predicted: list[dict[str, Any]] = [
        {"file": file, "page": page, "text": read[file].pages[page - 1].body.of(read[file].text)}
        for file, page in sorted({(row["file"], row["page"]) for row in paged})
    ]
    predicted += [
        {"file": row["file"], "headings": _outline(read[row["file"]])} for row in outlined
    ]
    scores = scorer.score(predicted, layout, hyphens, outlined, each)
    scorer.show("layout", scores)
    if paged:
        labels = [(row, read[row["file"]].pages[row["page"] - 1].label) for row in layout]
        wrong = [(row["file"], row["page"], found, row["label"]) for row, found in labels
                 if (found or None) != (row["label"] or None)]  # fmt: skip
        print(f"  labels right           {len(labels) - len(wrong)} of {len(labels)}", *wrong)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_layout", path)
    if spec is None or spec.loader is None:
        msg = f"{path}: no scorer there"
        raise SystemExit(msg)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(path: Path) -> Document:
    return PdfExtractor().extract(path.read_bytes())


def _outline(document: Document) -> list[dict[str, Any]]:
    return [
        {"text": block.span.of(document.text), "level": block.level, "page": page.number}
        for page in document.pages
        for block in page.blocks
        if block.kind in _HEADINGS
    ]


def _score_metadata(corpus: Path, *, each: bool) -> None:
    rows = [json.loads(line) for line in (corpus / "metadata_truth.jsonl").open(encoding="utf-8")]
    right: collections.Counter[str] = collections.Counter()
    for row in rows:
        found = _read(corpus / row["file"]).metadata
        for name in ("title", "year", "publisher", "authors"):
            value = getattr(found, name)
            is_right = _plain(value.value if value else None) == _plain(row[name])
            right[name] += is_right
            if each and not is_right:
                print(f"  {name}: {row['file']}\n    {row[name]!r}\n    {value!r}")
    print("== metadata")
    for name, count in right.items():
        print(f"  {name:22} {count} of {len(rows)}  {count / len(rows):.3f}")


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return "|".join(sorted(map(_plain, value)))
    letters = unicodedata.normalize("NFKD", str(value or "")).casefold().replace("&", " and ")
    letters = re.sub(r"\(.*?\)", "", letters)
    return re.sub(r"[\W_]+", "", letters)


def _score_articles(folder: Path, *, each: bool) -> None:
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = []
    for name, row in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        found = HtmlExtractor().extract(data).text
        scores.append((*_f1(_shingles(row["articleBody"]), _shingles(found)), name))
        if each:
            print("  f1 {:.3f} P {:.3f} R {:.3f} {}".format(*scores[-1]))
    means = [sum(score[i] for score in scores) / len(scores) for i in range(3)]
    print(f"== html, {len(scores)} pages")
    print("  4-gram F1 {:.4f} P {:.4f} R {:.4f}".format(*means))


def _shingles(text: str) -> collections.Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text or "")
    if len(words) < 4:
        return collections.Counter([tuple(words)] if words else [])
    return collections.Counter(zip(*(words[i:] for i in range(4)), strict=False))


def _f1(
    true: collections.Counter[Any], found: collections.Counter[Any]
) -> tuple[float, float, float]:
    both = sum((true & found).values())
    precision = both / sum(found.values()) if found else float(not true)
    recall = both / sum(true.values()) if true else float(not found)
    total = precision + recall
    return (2 * precision * recall / total if total else 0.0), precision, recall


if __name__ == "__main__":
    main()

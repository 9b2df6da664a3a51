"""Where our order of words is worse than that of the file's own stream.

    python -m benchmarks.quality.order [--shared FOLDER]

For each hand-made page: the share of its words that stand in the true order, as the scorer of the
truth counts it (of the words both have), for the raw stream and for ours. A page without columns
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks.quality.reading import _scorer
from searcher.document import Document
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.readers import pdfium
from searcher.extract.pdf.words import Reading


def main() -> None:
    """Print both scores of every page that is not perfect; exit 1 if any page lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared: Path = parser.parse_args().shared
    scorer = _scorer(shared / "truth" / "score_layout.py")
    truth = scorer.read(shared / "truth" / "layout_truth.jsonl")
    ours: list[dict[str, Any]] = []
    streams: list[dict[str, Any]] = []
    for file in sorted({row["file"] for row in truth}):
        data = (shared / "corpus" / file).read_bytes()
        document, reading = PdfExtractor().extract(data), pdfium.read(data)
        for row in truth:
            if row["file"] == file:
                place = {"file": file, "page": row["page"]}
                ours.append({**place, "text": _body(document, row["page"])})
                streams.append({**place, "text": _stream(reading, row["page"])})
    scores: dict[str, dict[Any, float]] = {
        name: {
            (row["file"], row["page"]): row["order_pure"]
            for row in scorer.score(pages, truth, [], [], per_page=True)["_rows"]
        }
        for name, pages in (("ours", ours), ("stream", streams))
    }
    lost = 0
    for place, our in scores["ours"].items():
        raw = scores["stream"][place]
        lost += our < raw
        if our < 1 or raw < 1:
            print(f"{'LOST' if our < raw else '    '} ours {our:.3f} stream {raw:.3f}", *place)
    print(f"{lost} of {len(truth)} pages in a worse order than the stream's")
    sys.exit(1 if lost else 0)


def _body(document: Document, number: int) -> str:
    return document.pages[number - 1].body.of(document.text)


def _stream(reading: Reading, number: int) -> str:
    return "\n".join(word.text for word in reading.pages[number - 1].words)


if __name__ == "__main__":
    main()

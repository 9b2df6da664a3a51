"""Make the sample reports of ``corpus/reports`` from ``scripts/samples/text``.

Run twice, it writes the same bytes: ``python scripts/make_samples.py [--into FOLDER]``.
"""

import argparse
from pathlib import Path

from samples.blocks import Sample, read_sample
from samples.layouts import find_layout
from samples.press import print_sample
from samples.scan import print_scan
from samples.styles import TEXTS
from samples.web import write_government_page, write_weblog_page

REPORTS = Path(__file__).parent.parent / "corpus" / "reports"


def make_sample(sample: Sample) -> bytes:
    """Return the file of ``sample`` in the layout that it names.

    Raises:
        KeyError: no layout has that name.
    """
    match sample.layout:
        case "scanned":
            return print_scan(sample)
        case "government":
            return write_government_page(sample).encode()
        case "weblog":
            return write_weblog_page(sample).encode()
        case name:
            printed, _ = print_sample(sample, find_layout(name))
            return printed


def main() -> None:
    """Write every sample report and print its name and size in bytes."""
    parser = argparse.ArgumentParser(description="Make the sample reports.")
    parser.add_argument("--into", type=Path, default=REPORTS, help="folder to write to")
    folder: Path = parser.parse_args().into
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(TEXTS.glob("*.md")):
        sample = read_sample(path)
        made = make_sample(sample)
        (folder / sample.file).write_bytes(made)
        print(f"{sample.file} {len(made)}")


if __name__ == "__main__":
    main()

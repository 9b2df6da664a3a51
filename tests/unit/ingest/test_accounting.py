"""Every file is a report or in quarantine, never both, never neither."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.errors import Reason
from searcher.index.snapshot import open_snapshot
from tests.unit.ingest.bench import Bench

if TYPE_CHECKING:
    import pytest

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n"
NASTY: dict[str, bytes] = {
    "good.txt": b"Carers stayed longer.",
    "same.txt": b"Carers stayed longer.",
    "same.md": b"Carers stayed longer.",
    "empty.txt": b"",
    "empty.pdf": b"",
    "blank.md": b" \n\n\t\n",
    "nul.txt": b"words\x00words",
    "latin.txt": "Café, Straße: £5 — “fine”".encode("cp1252"),
    "utf16.txt": "Carers in UTF-16.".encode("utf-16"),
    "cut.pdf": PDF[:20],
    "hollow.pdf": PDF,
    "text.pdf": b"No PDF at all.",
    "pdf.txt": PDF,
    "hollow.html": b"<html><body></body></html>",
    "deep.html": b"<div>" * 5000 + b"deep" + b"</div>" * 5000,
    "script.html": b"<script>alert(1)</script><p>Carers</p>",
    "long.txt": b"x" * 200_000,
    "none.jsonl": b'{"a": 1}\n{"b": 2}\n',
    "some.jsonl": b'{"id": "j1", "text": "Carers"}\nrubbish\n{"id": "j1", "text": "again"}\n',
    "half.jsonl": b'{"id": "j2", "title": "\\ud800", "text": "a \\udc00 b"}\n',
    "wei\nrd\x1b[31m.txt": b"A name that steers.",
    "deeper/good.txt": b"Another good one.",
    "README.md": b"No report.",
    "notes.docx": b"No report either.",
    ".hidden.txt": b"Not seen.",
}
REPORTS = {
    "good.txt", "same.txt", "same.md", "latin.txt", "utf16.txt", "deep.html", "script.html",
    "long.txt", "some.jsonl", "half.jsonl", "wei\nrd\x1b[31m.txt", "deeper/good.txt",
}  # fmt: skip


def account(bench: Bench) -> tuple[Counter[str], set[str]]:
    """Return how often each file or record is a report, and what is in quarantine."""
    found = Counter(report.file for report in bench.reports().values())
    return found, set(bench.quarantine())


def test_every_file_of_a_nasty_folder_is_accounted_for_once(bench: Bench) -> None:
    for name, content in NASTY.items():
        bench.put(name, content)
    (bench.corpus / "link.txt").symlink_to("/nowhere")
    (bench.corpus / os.fsdecode(b"na\xffme.txt")).write_bytes(b"A name in no encoding.")
    done = bench.ingest()
    found, quarantined = account(bench)
    assert found.keys() == REPORTS | {"na\ufffdme.txt"}
    assert set(found.values()) == {1}
    wanted = {n for n in NASTY if n not in REPORTS and not n.startswith((".", "README", "notes"))}
    assert quarantined == wanted | {"link.txt", "some.jsonl:2", "some.jsonl:3"}
    assert not quarantined & found.keys()
    assert done.ignored == (".hidden.txt", "README.md", "notes.docx")
    assert done.found == len(found) + len(quarantined) == done.reports + len(done.quarantined)
    assert done.exit_status == 4
    again = bench.ingest()
    assert (again.published, again.read) == (False, 0)
    assert (again.quarantined, again.fingerprint) == (done.quarantined, done.fingerprint)
    assert account(bench) == (found, quarantined)


def test_the_path_of_a_name_in_no_encoding_leads_to_the_file(bench: Bench) -> None:
    path = bench.corpus / os.fsdecode(b"na\xffme.txt")
    path.write_bytes(b"A name in no encoding.")
    bench.ingest()
    with open_snapshot(bench.index) as snapshot:
        (report,) = snapshot.library.reports()
        assert snapshot.library.path(report.id).read_bytes() == path.read_bytes()


contents = st.binary(max_size=40) | st.sampled_from(list(NASTY.values()))
names = st.builds(
    "{}.{}".format,
    st.sampled_from(["a", "b", "c", "sub/a"]),
    st.sampled_from(["txt", "md", "html", "jsonl", "docx"]),
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(names, contents, min_size=1, max_size=6))
def test_every_file_of_any_folder_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    bench = Bench.at(tmp_path_factory.mktemp("any"))
    bench.put("always.txt", "One good report.")
    for name, content in files.items():
        bench.put(name, content)
    done = bench.ingest()
    found, quarantined = account(bench)
    for name in files:
        in_quarantine = {place for place in quarantined if place.rpartition(":")[0] == name}
        if name.endswith(".jsonl"):
            assert (name in found or bool(in_quarantine)) != (name in quarantined)
        elif name.endswith(".docx"):
            assert name in done.ignored
        else:
            assert (name in found) != (name in quarantined)
    assert done.found == done.reports + len(done.quarantined)


def test_the_same_bytes_twice_are_two_reports_and_found_once(bench: Bench) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        bench.put(name, "The same carers stayed longer.")
    done = bench.ingest()
    reports = bench.reports()
    first = reports["a.txt"]
    assert first.duplicate_of is None
    assert {reports[name].duplicate_of for name in ("b.txt", "sub/c.txt")} == {first.id}
    assert (done.read, done.duplicates, done.passages) == (1, 2, 1)
    assert bench.found("carers") == ["a.txt"]
    (bench.corpus / "a.txt").unlink()
    assert bench.ingest().read == 0
    assert bench.found("carers") == ["b.txt"]
    assert bench.reports()["sub/c.txt"].duplicate_of == bench.reports()["b.txt"].id


def test_the_same_bytes_of_another_kind_are_a_report_of_their_own(bench: Bench) -> None:
    bench.put("a.html", "<!-- nothing to see -->")
    bench.put("b.txt", "<!-- nothing to see -->")
    bench.ingest()
    assert bench.quarantine()["a.html"].reason is Reason.NO_TEXT
    assert bench.reports()["b.txt"].duplicate_of is None
    assert bench.found("nothing") == ["b.txt"]


def test_a_file_that_was_mended_leaves_quarantine(bench: Bench) -> None:
    bench.put("a.txt", b"")
    bench.put("b.txt", "Good.")
    bench.ingest()
    assert bench.quarantine().keys() == {"a.txt"}
    bench.put("a.txt", "Mended.")
    done = bench.ingest()
    assert (done.exit_status, bench.quarantine()) == (0, {})
    assert bench.found("mended") == ["a.txt"]


def test_a_file_over_the_limit_is_tried_again_under_another_limit(bench: Bench) -> None:
    bench.put("a.txt", "Carers " + "x" * 1_100_000)
    bench.put("b.txt", "Good.")
    small = bench.limited(file_mb=1)
    assert [failure.reason for failure in small.ingest().quarantined] == [Reason.TOO_LARGE]
    assert bench.ingest().quarantined == ()


def test_an_id_of_the_catalogue_is_no_other_reports(bench: Bench) -> None:
    bench.put_records("r.jsonl", {"id": "mill", "text": "A record."})
    bench.put("a.txt", "A file.")
    bench.put_catalogue("mill,a.txt,,,,,,,,,,")
    bench.ingest()
    reports = bench.reports()
    assert reports["a.txt"].id == "mill"
    assert reports["r.jsonl"].id == "mill-2"

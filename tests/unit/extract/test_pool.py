from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from searcher.config import Settings
from searcher.errors import Reason, UsageError
from searcher.extract.allowance import longer
from searcher.extract.limits import LEAST_MEMORY_BYTES
from searcher.extract.pdf import PdfExtractor
from searcher.extract.pdf.parts import SHEETS
from searcher.extract.pool import Limits, Outcome, Task, read_all
from searcher.extract.serial import from_json
from searcher.failure import Failure
from searcher.ingest.ingest import ingest
from tests.unit.extract import hostile
from tests.unit.extract.pdf.drawing import pdf, prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMITS = Limits(wall_seconds=60, cpu_seconds=1, memory_bytes=400_000_000)
ROOMY = replace(LIMITS, cpu_seconds=20, memory_bytes=1_500_000_000)  # the tests are large too
HASTY = replace(LIMITS, wall_seconds=3)
PEACEFUL = "words of a report"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the pool is for POSIX systems")


@pytest.fixture
def hostile_extractors(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Register the hostile extractors as a plugin would be: workers see what we see."""
    folder = tmp_path_factory.mktemp("plugin")
    info = folder / "hostile-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[searcher.extractors]\n"
        f"{hostile.MEDIA_TYPE} = tests.unit.extract.hostile:HostileExtractor\n"
        "application/pdf = tests.unit.extract.hostile:CrashingPdfExtractor\n"
    )
    monkeypatch.syspath_prepend(str(folder))


@pytest.fixture
def task(tmp_path: Path, hostile_extractors: None) -> Callable[[str], Task]:
    """Return how to make a task of a file that holds ``text``."""
    assert hostile_extractors is None
    names = iter(range(1000))

    def make(text: str, media_type: str = hostile.MEDIA_TYPE) -> Task:
        path = tmp_path / f"{next(names)}.txt"
        path.write_text(text, encoding="utf-8")
        return task_of(path, media_type)

    return make


def task_of(path: Path, media_type: str) -> Task:
    data = path.read_bytes()
    return Task(path, path.name, media_type, hashlib.sha256(data).hexdigest(), len(data))


def run(*tasks: Task, workers: int = 2, limits: Limits = LIMITS) -> dict[str, Outcome]:
    outcomes = list(read_all(tasks, workers=workers, limits=limits))
    assert sorted(outcome.task.file for outcome in outcomes) == sorted(t.file for t in tasks)
    return {outcome.task.file: outcome for outcome in outcomes}


def failure_of(outcome: Outcome) -> Failure:
    assert isinstance(outcome.result, Failure), outcome.result
    assert outcome.result.file == outcome.task.file
    assert outcome.result.sha256 == outcome.task.sha256
    return outcome.result


def text_of(outcome: Outcome) -> str:
    assert isinstance(outcome.result, bytes), outcome.result
    return from_json(outcome.result).text


def is_gone(pid: int) -> bool:
    """Tell whether the process ends within a moment; a zombie that nobody waits for has ended."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state.split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("deed", "reason", "word"),
    [
        ("sleep", Reason.TIMEOUT, "within 3 s"),
        ("burn", Reason.TIMEOUT, "1 s of processor time"),
        ("starve", Reason.MEMORY, "400 MB"),
        ("starve_slowly", Reason.MEMORY, "400 MB"),
        ("starve_and_abort", Reason.MEMORY, "SIGABRT"),
        ("fail_to_load", Reason.MEMORY, "400 MB"),
        ("fail_to_map", Reason.MEMORY, "400 MB"),
        ("abort", Reason.DAMAGED, "SIGABRT"),
        ("leave", Reason.DAMAGED, "status 0"),
        ("fail", Reason.DAMAGED, "ValueError: a bug of ours"),
        ("recurse", Reason.DAMAGED, "nested too deeply"),
        ("refuse", Reason.ENCRYPTED, "needs a password"),
        ("forge", Reason.DAMAGED, "no answer that makes sense"),
        ("close", Reason.DAMAGED, "no answer that makes sense"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_hostile_file_costs_only_itself(
    task: Callable[[str], Task], deed: str, reason: Reason, word: str, workers: int
) -> None:
    bad = task(deed)
    good = [task(f"{PEACEFUL} {number}") for number in range(3)]
    limits = {"sleep": HASTY, "starve_and_abort": ROOMY}.get(deed, LIMITS)
    outcomes = run(good[0], bad, *good[1:], workers=workers, limits=limits)
    failure = failure_of(outcomes.pop(bad.file))
    assert failure.reason is reason
    assert word in failure.detail
    assert failure.hint
    assert sorted(map(text_of, outcomes.values())) == [f"{PEACEFUL} {n}" for n in range(3)]


def test_a_noisy_library_does_not_break_the_answers(task: Callable[[str], Task]) -> None:
    outcomes = run(task("shout"), task(PEACEFUL), workers=1)
    assert sorted(map(text_of, outcomes.values())) == ["shout", PEACEFUL]


@pytest.mark.parametrize("deed", ["reach_shell", "reach_program", "reach_network"])
def test_nothing_in_a_file_reaches_a_program_or_the_network(
    task: Callable[[str], Task], deed: str
) -> None:
    (outcome,) = run(task(deed)).values()
    assert "PermissionError: a reader may not" in failure_of(outcome).detail


@pytest.mark.parametrize(
    "deed", ["write_outside", "move_outside", "link_outside", "remove_outside"]
)
def test_nothing_in_a_file_changes_what_lies_outside(
    task: Callable[[str], Task], tmp_path: Path, deed: str
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("good", encoding="ascii")
    (outcome,) = run(task(f"{deed} {theirs}")).values()
    assert "PermissionError: a reader may not" in failure_of(outcome).detail
    assert theirs.read_text(encoding="ascii") == "good"


def test_what_a_killed_worker_has_started_dies_with_it(
    task: Callable[[str], Task], tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    limits = HASTY
    (outcome,) = run(task(f"breed {pid_file}"), limits=limits).values()
    assert failure_of(outcome).reason is Reason.TIMEOUT
    assert is_gone(int(pid_file.read_text(encoding="ascii")))


def test_a_worker_is_replaced_after_so_many_files(task: Callable[[str], Task]) -> None:
    long = "say_pid " + "x" * 20_000  # too big for a batch
    limits = Limits(tasks_per_worker=2)
    outcomes = run(*[task(long) for _ in range(4)], workers=1, limits=limits).values()
    pids = [failure_of(outcome).detail for outcome in outcomes]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_worker_that_has_grown_is_replaced(task: Callable[[str], Task]) -> None:
    long = "say_pid " + "x" * 20_000
    limits = Limits(resident_bytes=1)
    outcomes = run(task(long), task(long), workers=1, limits=limits).values()
    assert len({failure_of(outcome).detail for outcome in outcomes}) == 2


def test_a_crashed_pdf_is_tried_with_the_second_reader(task: Callable[..., Task]) -> None:
    (outcome,) = run(task("%PDF-1.7", "application/pdf")).values()
    assert text_of(outcome) == "read by pdfminer"
    assert "pdfminer" in outcome.note
    assert "SIGABRT" in outcome.note


def test_a_pdf_that_crashes_both_readers_is_damaged(task: Callable[..., Task]) -> None:
    (outcome,) = run(task("%PDF-1.7 always", "application/pdf")).values()
    assert failure_of(outcome).reason is Reason.DAMAGED
    assert outcome.note


@pytest.mark.parametrize("workers", [1, 2])
def test_a_part_that_crashes_the_reader_is_read_by_the_second_and_no_other(
    task: Callable[..., Task], workers: int
) -> None:
    (outcome,) = run(task("%PDF-1.7 long", "application/pdf"), workers=workers).values()
    assert text_of(outcome) == "one, 2 by pdfminer, 3 by pdfium"
    assert outcome.note.startswith("part 2 of 3 read by pdfminer, since ")
    assert "SIGABRT" in outcome.note


def test_the_time_until_a_reader_crashes_counts(task: Callable[..., Task]) -> None:
    slow = task("%PDF-1.7 long slowly", "application/pdf")
    (outcome,) = run(slow, workers=1, limits=replace(LIMITS, wall_seconds=2.5)).values()
    failure = failure_of(outcome)
    assert (failure.reason, failure.detail) == (Reason.TIMEOUT, "was not read within 2.5 s")
    assert outcome.seconds >= 2.5


@pytest.mark.parametrize("deed", ["always", "fail"])
def test_a_file_fails_once_if_a_part_of_it_does(task: Callable[..., Task], deed: str) -> None:
    bad, good = task(f"%PDF-1.7 long {deed}", "application/pdf"), task(PEACEFUL)
    outcomes = run(bad, good)
    assert failure_of(outcomes[bad.file]).reason is Reason.DAMAGED
    assert text_of(outcomes[good.file]) == PEACEFUL


def test_a_file_that_has_changed_since_the_scan_is_unreadable(task: Callable[[str], Task]) -> None:
    grown, gone, same = task(PEACEFUL), task(PEACEFUL), task(PEACEFUL)
    with grown.path.open("a", encoding="utf-8") as stream:
        stream.write("more")
    gone.path.unlink()
    outcomes = run(grown, gone, same)
    assert failure_of(outcomes[grown.file]).detail == "changed while being read"
    assert failure_of(outcomes[gone.file]).reason is Reason.UNREADABLE
    assert text_of(outcomes[same.file]) == PEACEFUL


def test_a_file_or_a_text_over_the_limit_is_too_large(task: Callable[[str], Task]) -> None:
    (outcome,) = run(task(PEACEFUL), limits=Limits(size_bytes=3)).values()
    assert failure_of(outcome).reason is Reason.TOO_LARGE
    (outcome,) = run(task(PEACEFUL), limits=Limits(output_bytes=3)).values()
    failure = failure_of(outcome)
    assert failure.reason is Reason.TOO_LARGE
    assert "text" in failure.detail
    assert "limit" not in failure.hint  # there is none to raise


LONG = 3 * SHEETS + 1


@pytest.fixture
def long_pdf(tmp_path: Path) -> Task:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf(*[prose] * LONG))
    return task_of(path, "application/pdf")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_long_file_is_the_document_that_its_reader_makes_of_it(
    long_pdf: Task, tmp_path: Path, workers: int
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (outcome,) = read_all([long_pdf], workers=workers, at=place)
    assert isinstance(outcome.result, bytes)
    document = PdfExtractor().extract(long_pdf.path.read_bytes())
    assert from_json(outcome.result) == document
    assert len(document.pages) == LONG
    assert list(place.iterdir()) == []


def test_nothing_of_a_long_file_stays_once_its_outcome_is_known(
    long_pdf: Task, task: Callable[[str], Task], tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    for outcome in read_all([long_pdf, task(PEACEFUL)], workers=1, at=place):
        if outcome.task is long_pdf:
            assert list(place.rglob("parts-*")) == []
            return
    pytest.fail("the long file had no outcome")


@pytest.mark.parametrize(
    ("limits", "reason", "said", "hint"),
    [
        (Limits(pages=LONG - 1), Reason.TOO_LARGE, f"has {LONG} pages, the limit is 240",
         f"--file-pages to {LONG}"),
        (Limits(wall_seconds=0.2), Reason.TIMEOUT, "within 0.2 s", "--timeout over 0.2"),
        (longer(Limits(wall_seconds=0.02)), Reason.TIMEOUT, "within 0.2 s, 10 times --timeout",
         "--timeout over 0.02"),
        (Limits(size_bytes=3), Reason.TOO_LARGE, "the limit is 3", "--file-size over 0"),
        (Limits(output_bytes=3), Reason.TOO_LARGE, "the most that one report may", "split it"),
    ],
)  # fmt: skip
def test_a_file_that_hits_a_limit_says_which_and_how_to_raise_it(
    long_pdf: Task, limits: Limits, reason: Reason, said: str, hint: str
) -> None:
    (outcome,) = read_all([long_pdf], workers=1, limits=limits)
    failure = failure_of(outcome)
    assert failure.reason is reason
    assert said in failure.detail
    assert hint in failure.hint


def test_a_limit_that_no_reader_can_start_under_is_refused_before_anything_is_read(
    tmp_path: Path,
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "report.txt").write_text(PEACEFUL, encoding="utf-8")
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", memory_mb=50)
    with pytest.raises(UsageError, match=r"--memory 50: a reader needs at least \d+ MB"):
        ingest([tmp_path / "corpus"], settings)
    assert not list((tmp_path / "index").rglob("*.json*"))


def test_the_least_limit_is_enough_for_every_bundled_report(root: Path) -> None:
    types = {".pdf": "application/pdf", ".html": "text/html"}
    reports = sorted((root / "corpus" / "reports").iterdir())
    tasks = [task_of(path, types[path.suffix]) for path in reports if path.suffix in types]
    outcomes = run(*tasks, limits=Limits(memory_bytes=LEAST_MEMORY_BYTES)).values()
    failures = [o.result.reason for o in outcomes if isinstance(o.result, Failure)]
    assert sorted(failures) == [Reason.ENCRYPTED, Reason.NO_TEXT]


def test_a_type_that_nobody_reads_is_unsupported(task: Callable[..., Task]) -> None:
    (outcome,) = run(task(PEACEFUL, "audio/mpeg")).values()
    assert failure_of(outcome).reason is Reason.UNSUPPORTED


def test_a_page_of_a_million_nested_tags_ends_within_the_limits(tmp_path: Path) -> None:
    deep, good = tmp_path / "deep.html", tmp_path / "good.html"
    deep.write_text("<div>" * 1_000_000 + "deep", encoding="ascii")
    good.write_text("<p>good", encoding="ascii")
    outcomes = run(task_of(deep, "text/html"), task_of(good, "text/html"), workers=1)
    assert failure_of(outcomes["deep.html"]).reason in {Reason.TIMEOUT, Reason.MEMORY}
    assert text_of(outcomes["good.html"]) == "good"


def test_real_damaged_files_each_end_as_a_document_or_a_failure(shared: Path) -> None:
    paths = sorted((shared / "corpus/malformed").glob("*.pdf"))
    outcomes = run(*[task_of(path, "application/pdf") for path in paths], limits=Limits())
    for outcome in outcomes.values():
        if isinstance(outcome.result, bytes):
            assert from_json(outcome.result).text
        else:
            assert outcome.result.reason is not Reason.UNREADABLE


def test_a_record_is_its_part_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    lines = [f'{{"id": "{number}", "text": "words {number}"}}'.encode() for number in range(500)]
    path.write_bytes(b"\n".join(lines))
    tasks = []
    offset = 0
    for number, line in enumerate(lines):
        sha256 = hashlib.sha256(line).hexdigest()
        name = f"r.jsonl#{number}"
        tasks.append(Task(path, name, "application/json", sha256, len(line), offset, len(line)))
        offset += len(line) + 1
    outcomes = run(*tasks)
    assert all(text_of(outcomes[f"r.jsonl#{n}"]) == f"words {n}" for n in range(500))


def test_tasks_are_drawn_only_as_workers_come_free(task: Callable[[str], Task]) -> None:
    drawn = []

    def tasks() -> Iterator[Task]:
        for number in range(30):
            drawn.append(number)
            yield task(PEACEFUL + "x" * 20_000)

    outcomes = read_all(tasks(), workers=2)
    next(outcomes)
    assert len(drawn) < 10
    outcomes.close()


def test_a_slow_consumer_does_not_make_files_late(task: Callable[[str], Task]) -> None:
    tasks = [task(PEACEFUL + "x" * 3_000_000) for _ in range(4)]  # more than a pipe holds
    outcomes = read_all(tasks, workers=2, limits=HASTY)
    results = [next(outcomes).result]
    time.sleep(HASTY.wall_seconds + 1)
    results += [outcome.result for outcome in outcomes]
    assert [type(result) for result in results] == [bytes] * 4


def test_no_tasks_start_no_worker() -> None:
    assert list(read_all([], workers=2)) == []


def test_closing_early_leaves_no_process_and_no_file(
    task: Callable[[str], Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    long = "say_pid " + "x" * 20_000
    before = children()
    outcomes = read_all([task(long) for _ in range(9)], workers=2)
    pid = int(failure_of(next(outcomes)).detail)
    outcomes.close()
    assert is_gone(pid)
    assert list(temporary.iterdir()) == []
    assert children() <= before


def test_workers_that_are_gone_leave_nothing_while_others_read_on(
    task: Callable[[str], Task], tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    large = " " + "x" * 20_000  # a batch of its own
    tasks = [task(deed + large) for deed in ("abort", "fail", "say_pid", "fail", "abort") * 2]
    limits = replace(LIMITS, tasks_per_worker=1)
    for _ in read_all(tasks, workers=1, limits=limits, at=place):
        (folder,) = place.iterdir()
        assert len(list(folder.iterdir())) <= 1


def children() -> set[int]:
    """Return the children of this process, zombies too, as far as the system lists them."""
    listed = Path("/proc/self/task").glob("*/children")
    return {int(pid) for of_thread in listed for pid in of_thread.read_text("ascii").split()}


SCRIPT = """
import sys
from pathlib import Path
from searcher.extract.pool import Task, read_all
path = Path(sys.argv[1])
sha256, size = sys.argv[2], path.stat().st_size
for outcome in read_all([Task(path, path.name, sys.argv[3], sha256, size)], workers=1):
    print(outcome)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_parent_leaves_no_process(
    task: Callable[[str], Task], tmp_path: Path, number: signal.Signals
) -> None:
    pid_file, temporary = tmp_path / "pid", tmp_path / "temporary"
    temporary.mkdir()
    job = task(f"sleep {pid_file}")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TMPDIR": str(temporary),
    }
    command = [sys.executable, "-c", SCRIPT, str(job.path), job.sha256, hostile.MEDIA_TYPE]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as parent:
        while not (pid_file.exists() and pid_file.read_text(encoding="ascii")):
            assert parent.poll() is None
            time.sleep(0.02)
        started = time.monotonic()
        parent.send_signal(number)
        _, errors = parent.communicate(timeout=20)
    pid = int(pid_file.read_text(encoding="ascii"))
    if number == signal.SIGINT:
        assert b"KeyboardInterrupt" in errors
        assert time.monotonic() - started < 3
        assert is_gone(pid)
        assert list(temporary.iterdir()) == []
        return
    if sys.platform != "linux":
        os.kill(pid, signal.SIGALRM)  # what the worker has set itself, only sooner
    assert is_gone(pid)


def test_an_interrupt_before_a_worker_is_listened_to_leaves_nothing(
    task: Callable[[str], Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hired = []

    def interrupted(_: object, output: int, *__: object) -> None:
        hired.append(output)
        raise KeyboardInterrupt

    monkeypatch.setattr("selectors.DefaultSelector.register", interrupted)
    at = tmp_path / "half-read"
    at.mkdir()
    with pytest.raises(KeyboardInterrupt):
        list(read_all([task("say")], workers=1, limits=LIMITS, at=at))
    assert len(hired) == 1
    assert list(at.iterdir()) == []

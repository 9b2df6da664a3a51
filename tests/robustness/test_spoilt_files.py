"""Good files spoilt in every way end as a report or in quarantine, each time the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searcher.errors import Reason
from searcher.extract.serial import from_json
from searcher.failure import Failure
from tests.robustness.spoil import spoil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from searcher.extract.pool import Outcome

    Read = Callable[[Mapping[str, bytes]], dict[str, Outcome]]

SEED = 20_261_121
GOOD = ("fdac-kingsmouth.pdf", "no-wrong-door-northshire.pdf", "house-project-riverton.html")
OF_THE_FILE = {Reason.DAMAGED, Reason.NO_TEXT, Reason.ENCRYPTED, Reason.UNSUPPORTED}
"""What can be wrong with a file that is not too much for its reader."""


CERTAIN = {
    "aes-256-r6.pdf": Reason.ENCRYPTED,
    "encryption_openpassword.pdf": Reason.ENCRYPTED,
    "empty.pdf": Reason.NO_TEXT,
    "empty_protected.pdf": Reason.NO_TEXT,
    "poppler-395-0-fuzzed.pdf": Reason.DAMAGED,  # opens without a sheet
    "poppler-937-0-fuzzed.pdf": Reason.DAMAGED,
    "unreadablemetadata.pdf": Reason.DAMAGED,  # one of its four sheets is left
    "vti_cnf_OASrecruitmentschedule.pdf": Reason.UNSUPPORTED,  # a web server's notes
    "zen_of_python_corrupted.pdf": None,
    "Pages-tree-refs.pdf": None,
    "bomb_giant.pdf": None,
}
"""Real files of which nobody can doubt why they are no report, or that they are one."""


def fate(outcome: Outcome) -> bytes | tuple[Reason, str, str]:
    """Return what became of a file, without what it cost."""
    result = outcome.result
    return (result.reason, result.detail, result.hint) if isinstance(result, Failure) else result


def fates(read: Read, files: Mapping[str, bytes]) -> dict[str, bytes | tuple[Reason, str, str]]:
    return {name: fate(outcome) for name, outcome in read(files).items()}


def backwards(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: files[name] for name in reversed(list(files))}


def check(results: Iterable[bytes | tuple[Reason, str, str]], allowed: set[Reason]) -> None:
    for result in results:
        if isinstance(result, bytes):
            assert from_json(result).text
        else:
            reason, detail, _ = result
            assert reason in allowed, result
            assert "the reader" not in detail, result  # which neither crashed nor failed


def test_spoilt_files_have_the_same_fate_whatever_was_read_before(
    read: Read, reports: Path
) -> None:
    good = {name: (reports / name).read_bytes() for name in GOOD}
    spoilt = {
        file: content
        for name, whole in good.items()
        for file, content in spoil(name, whole, seed=SEED)
    }
    files = good | spoilt
    assert len(files) == len(GOOD) * 16
    found = fates(read, files)
    assert all(isinstance(found[name], bytes) for name in GOOD)
    check(found.values(), OF_THE_FILE)
    assert fates(read, backwards(files)) == found


def test_a_seed_gives_the_same_files_and_each_is_another(reports: Path) -> None:
    whole = (reports / GOOD[0]).read_bytes()
    made = spoil(GOOD[0], whole, seed=SEED)
    assert made == spoil(GOOD[0], whole, seed=SEED)
    assert len({content for _, content in made} | {whole}) == len(made) + 1


def test_real_malformed_files_have_the_same_fate_whatever_was_read_before(
    read: Read, shared: Path
) -> None:
    folder = shared / "corpus/malformed"
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in {".pdf", ".htm"}]
    files = {path.name: path.read_bytes() for path in paths}
    found = fates(read, files)
    check(found.values(), OF_THE_FILE)
    certain = {name: found[name] for name in CERTAIN}
    reasons = {n: None if isinstance(of, bytes) else of[0] for n, of in certain.items()}
    assert reasons == CERTAIN
    assert fates(read, backwards(files)) == found

"""What is kept in the repository names no machine, no mirror and no secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OF_A_MACHINE = re.compile(
    rb"(?<![\w.<-])/(?:root|home/\w+|Users/\w+|work|mnt|private/var)/[\w.-]+"
    rb"|[A-Z]:\\Users\\"
)
OF_A_REGISTRY = re.compile(
    rb"(?:--|PIP_|UV_)(?:extra-)?(?:index-url|INDEX_URL|DEFAULT_INDEX)|files\.pythonhosted\.org"
    rb"|https?://[\w.:@-]*/(?:simple|artifactory|nexus)/",
    re.IGNORECASE,
)
OF_A_SECRET = re.compile(rb"BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{30}|https?://[\w.-]+:[^\s@/]+@")
LARGEST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def tracked() -> tuple[Path, ...]:
    """Return every file of the repository."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file() and path != Path(__file__).resolve())


@pytest.mark.parametrize("pattern", [OF_A_MACHINE, OF_A_REGISTRY, OF_A_SECRET])
def test_no_file_names_a_machine_a_registry_or_a_secret(
    tracked: tuple[Path, ...], pattern: re.Pattern[bytes]
) -> None:
    assert len(tracked) > 100
    found = {
        f"{path.relative_to(ROOT)}: {match.group().decode(errors='replace')}"
        for path in tracked
        if path.suffix != ".pdf"
        for match in pattern.finditer(path.read_bytes())
    }
    assert found == set()


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        (b"see /home/ann/work/x.py", OF_A_MACHINE),
        (b'path = "/' + b'root/x"', OF_A_MACHINE),
        (b"pip install --index-url https://x.example/simple/ y", OF_A_REGISTRY),
        (b"https://mirror.example:8080/artifactory/pypi", OF_A_REGISTRY),
        (b"https://ann:secret@example.org", OF_A_SECRET),
    ],
)
def test_what_is_looked_for_would_be_seen(text: bytes, pattern: re.Pattern[bytes]) -> None:
    assert pattern.search(text)


def test_nothing_derived_and_nothing_huge_is_kept(tracked: tuple[Path, ...]) -> None:
    names = {path.relative_to(ROOT).as_posix() for path in tracked}
    derived = {n for n in names if n.startswith("index/") or "__pycache__" in n or ".egg-info" in n}
    assert derived <= {"index/README.md"}
    assert {p.name for p in tracked if p.stat().st_size > LARGEST_BYTES} == set()

"""Which implementation a name stands for, and on whose word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searcher import plugins
from searcher.errors import UnknownNameError
from searcher.index.whoosh import WhooshBackend

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package that adds an index of its own and would open ours."""
    info = tmp_path / "other-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[searcher.indexes]\nother = other_index:Other\nwhoosh = other_index:Other\n"
    )
    (tmp_path / "other_index.py").write_text("class Other:\n    version = 'other-1'\n")
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.mark.usefixtures("installed")
def test_a_package_adds_an_implementation_and_does_not_take_the_name_of_our_index() -> None:
    assert plugins.names("searcher.indexes") == ("other", "whoosh")
    added = plugins.load("searcher.indexes", "other")
    assert getattr(added, "version", "") == "other-1"
    assert plugins.load("searcher.indexes", "whoosh") is WhooshBackend


def test_every_taken_name_is_there() -> None:
    for group, taken in plugins.TAKEN.items():
        for name in taken:
            assert plugins.load(group, name)
            assert name in plugins.names(group)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="index 'whosh' is not known") as caught:
        plugins.load("searcher.indexes", "whosh")
    assert caught.value.near == ("whoosh",)

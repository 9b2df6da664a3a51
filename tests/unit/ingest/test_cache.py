from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from searcher.corpus.source import Source
from searcher.errors import Reason
from searcher.extract.pool import Limits
from searcher.failure import Failure
from searcher.ingest.cache import Cache

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.UNREADABLE}))
def test_a_failure_is_kept_for_the_limits_it_happened_under(tmp_path: Path, reason: Reason) -> None:
    limits = Limits(memory_bytes=170_000_000)
    source = Source(tmp_path / "a.pdf", "a.pdf", "application/pdf", "ab" * 32, 8)
    Cache(tmp_path, limits).keep(source, Failure("a.pdf", source.sha256, reason, "failed"))
    assert Cache(tmp_path, limits).failure(source) is not None
    assert (
        Cache(tmp_path, replace(limits, memory_bytes=Limits().memory_bytes)).failure(source) is None
    )
    assert Cache(tmp_path, replace(limits, wall_seconds=1)).failure(source) is None

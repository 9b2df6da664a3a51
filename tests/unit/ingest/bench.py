"""A small corpus of one's own, ingested for real."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from searcher.config import Settings
from searcher.index.generations import live_name, names
from searcher.index.snapshot import open_snapshot
from searcher.ingest.ingest import ingest, rebuild
from searcher.search.engine import SearchOptions, search

if TYPE_CHECKING:
    from pathlib import Path

    from searcher.failure import Failure
    from searcher.ingest.summary import Summary
    from searcher.results.answer import Results
    from searcher.results.report import Report

CATALOGUE = "id,file,title,authors,publisher,year,projects,themes,outcomes,designs,url,notes\n"
THEMES = "id,preferred_label,alternative_labels,broader,definition,source,status\n"


@dataclass(frozen=True)
class Bench:
    """A corpus and an index below one folder."""

    root: Path
    settings: Settings

    @classmethod
    def at(cls, root: Path) -> Bench:
        bench = cls(root, cls.settings_at(root))
        bench.corpus.mkdir(parents=True)
        return bench

    @staticmethod
    def settings_at(root: Path) -> Settings:
        return Settings(corpus=root / "corpus", index=root / "index", workers=1)

    @property
    def corpus(self) -> Path:
        return self.settings.corpus

    @property
    def index(self) -> Path:
        return self.settings.index

    def limited(self, **limits: int) -> Bench:
        return Bench(self.root, replace(self.settings, **limits))  # type: ignore[arg-type]

    def put(self, file: str, content: str | bytes | Path) -> Path:
        """Write, or copy, a file below the corpus."""
        path = self.corpus / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            shutil.copyfile(content, path)
        return path

    def put_records(self, file: str, *records: object) -> Path:
        return self.put(file, "".join(json.dumps(record) + "\n" for record in records))

    def put_catalogue(self, *rows: str) -> None:
        self.put("catalogue.csv", CATALOGUE + "".join(row + "\n" for row in rows))

    def put_themes(self, *rows: str) -> None:
        self.put("vocabulary/themes.csv", THEMES + "".join(row + "\n" for row in rows))

    def ingest(self, *paths: Path) -> Summary:
        return ingest(paths or [self.corpus], self.settings)

    def rebuild(self) -> Summary:
        return rebuild(self.settings)

    def live(self) -> str:
        return live_name(self.index)

    def generations(self) -> tuple[str, ...]:
        return names(self.index)

    def reports(self) -> dict[str, Report]:
        """Return the reports by file; the records of one file by ``file:id``."""
        with open_snapshot(self.index) as snapshot:
            found = list(snapshot.library.reports())
        lone = [report.file for report in found]
        return {
            report.file if lone.count(report.file) == 1 else f"{report.file}:{report.id}": report
            for report in found
        }

    def quarantine(self) -> dict[str, Failure]:
        with open_snapshot(self.index) as snapshot:
            return {failure.file: failure for failure in snapshot.library.failures()}

    def search(self, text: str) -> Results:
        with open_snapshot(self.index) as snapshot:
            return search(snapshot, text, SearchOptions(limit=100, per_report=0))

    def found(self, text: str) -> list[str]:
        """Return the files of the reports that answer."""
        return sorted({hit.report.file for hit in self.search(text).hits})

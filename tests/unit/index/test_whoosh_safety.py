"""An index is data: opening one runs nothing from it, and a broken one is said to be broken."""

from __future__ import annotations

import importlib
import io
import os
import pickle
import pkgutil
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import whoosh

from searcher.errors import DamagedIndexError
from searcher.index.manifest import read_manifest
from searcher.index.snapshot import POSTINGS, open_snapshot
from searcher.index.whoosh import WhooshBackend
from searcher.index.whoosh.backend import version_with
from searcher.index.whoosh.bm25f import WEIGHTS
from searcher.index.whoosh.contents import FILE_NAME as CONTENTS
from searcher.index.whoosh.fields import PASSAGE_TEXTS
from searcher.index.whoosh.safety import load
from searcher.index.whoosh.stock import DAMAGE, check_stock, stock_searcher
from searcher.query.tree import Not, Or, Phrase, Prefix, Range, Value, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.usefixtures("leftovers"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

IMPOSSIBLE = {
    "whoosh.analysis.acore.CompositionError": "analysers are composed in code, not read from disk",
    "whoosh.index.LockError": "a build's folder is its own, and the index is locked around it",
    "whoosh.lang.NoStemmer": "words are stemmed by our own analysis",
    "whoosh.lang.NoStopWords": "stop words are our own",
    "whoosh.qparser.common.QueryParserError": "queries are parsed by our own parser",
    "whoosh.qparser.dateparse.DateParseError": "no field holds a date",
    "whoosh.query.qcore.QueryError": "queries are evaluated by our own code",
    "whoosh.searching.NoTermsException": "no results of Whoosh's own are asked for their terms",
    "whoosh.searching.TimeLimit": "no time limit is set",
    "whoosh.util.times.TimeError": "no field holds a date",
    "whoosh.writing.IndexingError": "a writer is used once, and not after it is closed",
}
"""What Whoosh may raise elsewhere, and why it cannot reach us."""


@pytest.fixture
def folder(library_index: Path, tmp_path: Path) -> Path:
    """Return a copy of the postings of the bundled reports, to break."""
    with open_snapshot(library_index) as snapshot:
        return Path(shutil.copytree(snapshot.folder / POSTINGS, tmp_path / POSTINGS))


def use(folder: Path) -> None:
    """Open the index and ask it in every way."""
    index = WhooshBackend().open(folder)
    try:
        for query in (
            Word("families"), Phrase("edge of care"), Prefix("safe"), Range("year", 2015, None),
            Range("page", None, 3), Value("theme", "edge-of-care"), Not(Word("pause")),
            Or((Word("care"), Word("the"), Phrase("the"))), Value("publisher", "x"),
        ):  # fmt: skip
            index.search(query).best(1)
        list(index.words("a"))
    finally:
        index.close()


class Planted:
    """Pickles to a call of ``function`` with a command that leaves a mark."""

    def __init__(self, module: str, name: str, mark: Path) -> None:
        self.module, self.name, self.mark = module, name, mark

    def pickled(self) -> bytes:
        command = f"touch {self.mark}".encode()
        return (
            b"c" + self.module.encode() + b"\n" + self.name.encode() + b"\n"
            b"(X" + len(command).to_bytes(4, "little") + command + b"tR."
        )


CALLS = [("os", "system"), ("posix", "system"), ("subprocess", "getoutput"), ("builtins", "eval")]


@pytest.mark.parametrize(("module", "name"), CALLS)
def test_a_pickle_that_names_a_call_is_refused_and_nothing_runs(
    tmp_path: Path, module: str, name: str
) -> None:
    data = Planted(module, name, tmp_path / "mark").pickled()
    with pytest.raises(pickle.UnpicklingError, match=f"{module}.{name}"):
        load(io.BytesIO(data))
    assert not (tmp_path / "mark").exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_name_with_dots_reaches_nothing_that_an_admitted_module_imports(protocol: int) -> None:
    data = pickle.dumps(os.system, protocol)
    with pytest.raises(pickle.UnpicklingError):
        load(io.BytesIO(data))
    dotted = b"\x80\x04\x8c\x14whoosh.codec.whoosh3\x8c\x10W3Codec.__init__\x93."
    with pytest.raises(pickle.UnpicklingError, match="no index of ours"):
        load(io.BytesIO(dotted))


@pytest.mark.parametrize(("module", "name"), CALLS[:2])
def test_an_index_that_names_a_call_is_damaged_and_nothing_runs(
    folder: Path, tmp_path: Path, module: str, name: str
) -> None:
    planted = Planted(module, name, tmp_path / "mark").pickled()
    (contents,) = folder.glob("*.toc")
    whole = contents.read_bytes()
    place = whole.rindex(b"\x80", 0, whole.index(b"FlatSegment"))  # the segments, pickled
    contents.write_bytes(whole[:place] + planted + whole[place + len(planted) :])
    with pytest.raises(DamagedIndexError, match="damaged"):
        use(folder)
    with pytest.raises(pickle.UnpicklingError, match=f"{module}.{name}"):
        stock_searcher(folder)
    with pytest.raises(DamagedIndexError):
        check_stock(folder)
    assert not (tmp_path / "mark").exists()


def kinds(folder: Path) -> dict[str, Path]:
    """Return one file of each kind that holds something."""
    return {path.suffix: path for path in sorted(folder.iterdir()) if path.stat().st_size}


def test_a_file_of_any_kind_that_is_cut_short_or_gone_is_damage(folder: Path) -> None:
    found = kinds(folder)
    assert found.keys() >= {".toc", ".seg", ".json"}
    use(folder)
    for path in found.values():
        whole = path.read_bytes()
        for length in (0, 1, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:length])
            with pytest.raises(DamagedIndexError):
                use(folder)
        path.unlink()
        with pytest.raises(DamagedIndexError):
            use(folder)
        path.write_bytes(whole)
    use(folder)


def test_garbage_in_a_file_of_any_kind_is_damage_or_does_no_harm(folder: Path) -> None:
    generator = random.Random(11)  # noqa: S311 not a secret
    damaged = 0
    for path in kinds(folder).values():
        whole = path.read_bytes()
        for _ in range(15):
            size = min(len(whole), generator.choice([4, 64, 4096]))
            place = generator.randrange(len(whole) - size + 1)
            path.write_bytes(whole[:place] + generator.randbytes(size) + whole[place + size :])
            try:
                use(folder)
            except DamagedIndexError:
                damaged += 1
        path.write_bytes(whole)
    assert damaged


def test_a_posting_that_changed_since_it_was_written_is_found_by_the_check(folder: Path) -> None:
    (segment,) = folder.glob("*.seg")
    whole = bytearray(segment.read_bytes())
    whole[len(whole) // 3] ^= 1
    segment.write_bytes(whole)
    index = WhooshBackend().open(folder)
    try:
        with pytest.raises(DamagedIndexError):
            index.check()
    finally:
        index.close()


def test_a_build_that_goes_on_from_a_broken_index_says_so(folder: Path) -> None:
    (contents,) = folder.glob("*.toc")
    contents.write_bytes(contents.read_bytes()[:40])
    with pytest.raises(DamagedIndexError), WhooshBackend().writer(folder):
        pass


@pytest.mark.parametrize(
    "table", ["{}", "[]", "null", "7", '{"segments": [["x", []]]}', "[" * 9**5]
)
def test_contents_that_make_no_sense_are_damage(folder: Path, table: str) -> None:
    (folder / CONTENTS).write_text(table)
    with pytest.raises(DamagedIndexError):
        use(folder)


def errors_of_whoosh() -> Iterator[tuple[str, type[Exception]]]:
    """Yield the name and class of every exception that a module of Whoosh defines."""
    for module in pkgutil.walk_packages(whoosh.__path__, "whoosh."):
        try:
            members = vars(importlib.import_module(module.name))
        except (ImportError, SyntaxError):  # parts for Google's servers, and for Python 2
            continue
        for name, member in members.items():
            is_error = isinstance(member, type) and issubclass(member, Exception)
            if is_error and member.__module__ == module.name:
                yield f"{module.name}.{name}", member


@pytest.mark.filterwarnings("ignore")  # modules of Whoosh that nobody else imports
def test_every_error_that_whoosh_defines_is_damage_or_cannot_happen() -> None:
    found = dict(errors_of_whoosh())
    assert len(found) > 15
    unmapped = {name for name, error in found.items() if not issubclass(error, DAMAGE)}
    assert unmapped == IMPOSSIBLE.keys()


def test_the_manifest_of_the_bundled_index_names_this_backend(library_index: Path) -> None:
    with open_snapshot(library_index) as snapshot:
        manifest = read_manifest(snapshot.folder)
    assert dict(manifest.configuration)["index"] == WhooshBackend.version


def test_other_weights_are_another_version() -> None:
    assert version_with(WEIGHTS) == WhooshBackend.version
    for name in PASSAGE_TEXTS:
        held = WEIGHTS[name]
        for other in (replace(held, weight=held.weight + 1), replace(held, b=held.b / 2)):
            assert version_with({**WEIGHTS, name: other}) != WhooshBackend.version

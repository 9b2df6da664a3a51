from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searcher.config import DEFAULTS, LEAST, NAMES, Settings, resolve
from searcher.errors import ConfigError

VALUES = ["5", "-1", "2.5", "true", "[1]", "{a = 1}", "''", "1979-05-27", "'a'", "nan"]
VALUES += ["9" * 30, "9" * 5000]


def configured(folder: Path, text: str) -> Settings:
    (folder / "searcher.toml").write_text(text, encoding="utf-8")
    return resolve({}, start=folder)[0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", VALUES)
def test_a_value_of_any_type_is_a_setting_or_told_with_its_file(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    try:
        found = configured(tmp_path, f"{name} = {value}\n")
    except ConfigError as error:
        assert "searcher.toml" in error.message  # noqa: PT017 -- either is right
        return
    assert type(getattr(found, name)) in {type(getattr(DEFAULTS, name)), type(Path())}
    assert value in {"5", "'a'", "''"}


@pytest.mark.parametrize("name", LEAST)
def test_a_number_below_the_least_is_told_wherever_it_stands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    least, below = LEAST[name], LEAST[name] - 1
    assert getattr(configured(tmp_path, f"{name} = {least}"), name) == least
    with pytest.raises(ConfigError, match=name):
        configured(tmp_path, f"{name} = {below}")
    (tmp_path / "searcher.toml").unlink()
    with pytest.raises(ConfigError, match="option"):
        resolve({name: below}, start=tmp_path)
    monkeypatch.setenv(f"SEARCHER_{name.upper()}", str(below))
    with pytest.raises(ConfigError, match="SEARCHER_") as refused:
        resolve({}, start=tmp_path)
    assert str(least) in refused.value.hint


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.text(st.characters(exclude_characters="\0"), max_size=6))
def test_any_word_of_a_variable_is_a_setting_or_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, word: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    try:
        with monkeypatch.context() as variables:
            variables.setenv(f"SEARCHER_{name.upper()}", word.encode("utf-8", "replace").decode())
            resolve({}, start=tmp_path)
    except ConfigError as error:
        assert name in error.message  # noqa: PT017 -- either is right

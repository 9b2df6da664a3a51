from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from searcher.errors import UnknownNameError
from searcher.results.schema import names, schema


def test_every_shape_of_the_contract_has_a_schema() -> None:
    contract = {
        "results", "hit", "report", "document", "page", "quarantine", "facets", "error",
        "evaluation", "citation", "config",
    }  # fmt: skip
    assert contract <= set(names())


@pytest.mark.parametrize("name", names())
def test_a_schema_is_itself_valid_and_names_itself(name: str) -> None:
    known = json.loads(schema(name))
    Draft202012Validator.check_schema(known)
    assert known["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert known["$id"] == f"urn:searcher:schema:{name}:1"
    assert known["title"]


def test_what_two_schemas_define_under_one_name_is_one_thing() -> None:
    seen: dict[str, object] = {}
    for name in names():
        for key, definition in json.loads(schema(name)).get("$defs", {}).items():
            assert seen.setdefault(key, definition) == definition, (name, key)


def test_an_unknown_schema_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError) as refused:
        schema("result")
    assert refused.value.near[0] == "results"
    with pytest.raises(UnknownNameError) as refused:
        schema("../../pyproject")
    assert refused.value.near == ()
    assert refused.value.hint == "known are " + ", ".join(names())

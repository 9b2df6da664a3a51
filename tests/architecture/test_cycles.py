"""No module imports itself, however far around; imports inside functions count."""

from __future__ import annotations

import grimp


def test_no_import_goes_in_a_circle() -> None:
    graph = grimp.build_graph("searcher", exclude_type_checking_imports=True, cache_dir=None)
    circles = [
        (module, upstream)
        for module in graph.modules
        for upstream in graph.find_modules_directly_imported_by(module)
        if graph.chain_exists(importer=upstream, imported=module)
    ]
    assert circles == []

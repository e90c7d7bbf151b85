"""The check of the documentation finds what it is there to find, and finds nothing now."""

import importlib.util
from pathlib import Path

import pytest

from qzetl.dataset.contract import Contract


@pytest.fixture(scope="module")
def check_docs(root: Path):
    spec = importlib.util.spec_from_file_location("check_docs", root / "scripts/check_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_documentation_has_no_fault(check_docs) -> None:
    assert list(check_docs.faults()) == []


def test_every_command_and_option_must_be_named(check_docs) -> None:
    unnamed = set(check_docs.unnamed_in("nothing"))

    assert {"qzetl read", "qzetl extract", "qzetl run", "qzetl release", "qzetl releases", "qzetl show"} <= unnamed
    assert {"qzetl run --input", "qzetl run --publisher", "qzetl run --since", "qzetl run --until"} <= unnamed
    assert {"qzetl run --json", "qzetl show --json"} <= unnamed


@pytest.mark.parametrize("target", ["nowhere.md", "docs/cli.md#no-such-heading", "#no-such-heading"])
def test_a_link_that_leads_nowhere_is_found(check_docs, target: str) -> None:
    text = f"[a]({target}) [b](docs/cli.md#qzetl-run) [c](https://example.org/nowhere)\n\n# Heading\n\n[d](#heading)\n"

    found = list(check_docs.broken_links(Path("README.md"), text))

    # Headings are looked up in the file itself, so those of a made-up text are not there.
    assert [each for each in found if each != "#heading"] == [target]


@pytest.fixture(scope="module")
def data_dictionary(root: Path):
    spec = importlib.util.spec_from_file_location("data_dictionary", root / "scripts/data_dictionary.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_data_dictionary_and_the_readme_are_as_schemas_have_it(root: Path, data_dictionary) -> None:
    contract = Contract.load()
    assert (root / "docs/data-dictionary.md").read_text("utf-8") == data_dictionary.dictionary(contract)
    readme = (root / "README.md").read_text("utf-8")
    assert readme == data_dictionary.readme(contract, readme)
    assert "| `series` |" in readme


def test_every_column_is_in_the_data_dictionary(data_dictionary) -> None:
    contract = Contract.load()
    page = data_dictionary.dictionary(contract)
    for table in [*contract.public, *contract.coded, contract.table("changes")]:
        section = page.partition(f"## {table.name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{name}` |" in section for name in table.names), table.name

"""The check of the documentation finds what it is there to find, and finds nothing now."""

import importlib.util
from pathlib import Path

import pytest


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

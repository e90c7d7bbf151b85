"""Names that others rely on: the package's face, and what it costs to look at it."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

import qzetl

MODULES = sorted(module.name for module in pkgutil.walk_packages(qzetl.__path__, "qzetl."))


def test_the_public_face() -> None:
    assert sorted(qzetl.__all__) == ["QzetlError", "Settings", "__version__", "open"]


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert qzetl.__version__ == version("qzetl")


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_exports_and_has_it(name: str) -> None:
    module = importlib.import_module(name)

    assert module.__doc__
    assert all(hasattr(module, exported) for exported in getattr(module, "__all__", []))


def test_the_command_starts_without_heavy_imports() -> None:
    code = "import sys, qzetl.cli; print(sorted({'polars', 'deltalake', 'httpx', 'bs4', 'prefect'} & set(sys.modules)))"

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"

"""Releases of invented articles, made once for all tests of the site, and a browser to look at them."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FIGURES = 1200


@pytest.fixture(scope="session")
def made(root: Path) -> ModuleType:
    """The benchmark of the site, which makes releases."""
    name = "site_views"
    spec = importlib.util.spec_from_file_location(name, root / "benchmarks" / f"{name}.py")
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def release(made: ModuleType, tmp_path_factory) -> Path:
    """A release of some hundred articles, one of which would be code if anything took it for that."""
    readings = [*made.make_readings(FIGURES), made.hostile_reading()]
    return made.make_release(tmp_path_factory.mktemp("made"), readings)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium without a screen."""
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium; install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()

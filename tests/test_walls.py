"""The walls between the rooms stay up: who may import whom (docs/decisions/0001-layout.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = ("collect", "read", "extract", "dataset", "site")
COMMON = {"settings", "errors", "traditional"}
HEAVY_IN_EXTRACT = {"polars", "httpx", "prefect", "deltalake", "random", "time", "socket", "subprocess"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.py"))
    assert found
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_rooms_to_its_left(root: Path, room: str) -> None:
    allowed = COMMON | set(ROOMS[: ROOMS.index(room) + 1])

    wrong = [
        (path.name, name)
        for path in files(root / "src/qzetl" / room)
        for name in imports(path)
        if name.startswith("qzetl.") and name.split(".")[1] not in allowed
    ]

    assert wrong == []


def test_only_flows_import_prefect(root: Path) -> None:
    wrong = [path for path in files(root / "src") if any(name.split(".")[0] == "prefect" for name in imports(path))]

    assert wrong == []


def test_nothing_imports_the_command_line_or_the_flows(root: Path) -> None:
    inside = [path for path in files(root / "src/qzetl") if "_cli" not in path.parts and path.name != "cli.py"]

    wrong = [
        (path, name)
        for path in inside
        for name in imports(path)
        if name.startswith(("qzetl.cli", "qzetl._cli", "flows"))
    ]

    assert wrong == []


def test_extraction_is_pure(root: Path) -> None:
    wrong = [
        (path.name, name)
        for path in files(root / "src/qzetl/extract")
        for name in imports(path)
        if name.split(".")[0] in HEAVY_IN_EXTRACT
    ]

    assert wrong == []

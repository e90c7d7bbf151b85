"""A publisher with three days of articles in the archive; no network."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture
from qzetl.pipeline import Rooms
from qzetl.settings import Settings

FIRST, SECOND, THIRD = (date(2024, 3, day) for day in (1, 2, 3))
PUBLISHER = """id = "city-gov"
name = "City government"
kind = "government"
area = "330881"
home = "http://gov.example/"

[[listing]]
kind = "feed"
url = "http://gov.example/feed.xml"
"""
TEXT = "# 全市经济运行情况\n\n编辑部\n\n去年,全市地区生产总值增长{}%,规模以上工业增加值增长9.1%。\n"


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    (tmp_path / "publishers").mkdir()
    (tmp_path / "publishers/city-gov.toml").write_text(PUBLISHER, "utf-8")
    return Rooms.open(Settings(home=tmp_path / "data", output=tmp_path / "output", publishers=tmp_path / "publishers"))


@pytest.fixture
def archive(rooms: Rooms) -> Callable[..., None]:
    def add(*days: date, growth: str = "6.8", name: str = "a") -> None:
        retrieved = datetime(2024, 3, 5, 9, tzinfo=UTC)
        with Archive(rooms.settings.archive) as opened:
            for day in days:
                uri, body = f"http://gov.example/{day}/{name}.txt", TEXT.format(growth).encode()
                opened.add(Capture(uri, "city-gov", day, retrieved, body, "text/plain"))

    return add


@pytest.fixture
def three_days(archive) -> list[date]:
    archive(FIRST, SECOND, THIRD)
    return [FIRST, SECOND, THIRD]

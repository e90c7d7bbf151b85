"""The stages over partitions: what is stored, how articles are dated and placed, what running again does."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from qzetl.collect.archive import Archive
from qzetl.collect.capture import Capture
from qzetl.errors import UsageError
from qzetl.pipeline import Rooms, collect_files, process, publish, read, run
from qzetl.report import RunRequest
from qzetl.settings import Settings

DAY = date(2024, 3, 1)
TEXT = """# 全市经济运行情况

编辑部

去年,全市地区生产总值增长6.8%,规模以上工业增加值增长9.1%。

全年社会消费品零售总额达到920.5亿元,同比增长7.4%。
"""
PUBLISHER = """id = "city-gov"
name = "City government"
kind = "government"
area = "330881"
home = "http://gov.example/"
"""


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    (tmp_path / "publishers").mkdir()
    (tmp_path / "publishers/city-gov.toml").write_text(PUBLISHER, "utf-8")
    return Rooms.open(Settings(home=tmp_path / "data", output=tmp_path / "output", publishers=tmp_path / "publishers"))


def capture(
    uri: str = "http://gov.example/a.txt", publisher: str = "city-gov", text: str = TEXT, hour: int = 9
) -> Capture:
    retrieved = datetime(2024, 3, 5, hour, tzinfo=UTC)
    return Capture(uri, publisher, DAY, retrieved, text.encode(), "text/plain; charset=utf-8")


def archive(rooms: Rooms, *captures: Capture) -> None:
    with Archive(rooms.settings.archive) as opened:
        for each in captures:
            opened.add(each)


def test_an_article_takes_its_area_from_its_publisher_and_its_date_from_the_list(rooms: Rooms) -> None:
    archive(rooms, capture())

    done = process(rooms, "city-gov", DAY)

    (article,) = rooms.store.collect("articles").rows(named=True)
    gdp = rooms.store.collect("observations").filter(indicator="GDP", measure="GROWTH_YOY").row(0, named=True)
    assert (done.articles, dict(done.fates), dict(done.rejected)) == (1, {"article": 1}, {})
    assert (article["area"], article["published"]) == ("330881", DAY)
    assert (gdp["area"], gdp["period"]) == ("330881", "2023")


@pytest.mark.parametrize(("publisher", "area"), [("input", "330802"), ("city-gov", "330881")])
def test_an_area_in_front_matter_stands_where_the_publisher_has_none(rooms: Rooms, publisher: str, area: str) -> None:
    archive(rooms, capture("file:a.md", publisher, f"---\narea: 330802\n---\n{TEXT}"))

    process(rooms, publisher, DAY)

    assert rooms.store.collect("articles")["area"].to_list() == [area]


def test_a_day_that_is_only_that_of_retrieval_dates_nothing() -> None:
    fetched_that_day = Capture(
        "http://gov.example/a.txt", "city-gov", date(2024, 3, 5), capture().retrieved, TEXT.encode()
    )

    ((_, article),), *_ = read([fetched_that_day])

    assert article.published is None


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("2024-02-29-report.txt", "2024-02-29"),
        ("report_20240229.txt", "2024-02-29"),
        ("report-2024.txt", None),
        ("20241399.txt", None),
        ("120240229.txt", None),
    ],
)
def test_a_date_in_the_name_of_a_users_file_dates_it(name: str, published: str | None) -> None:
    ((_, article),), *_ = read([capture(f"file:texts/{name}", "input")])

    assert article.published == published


def pages(rooms: Rooms, *names: str) -> None:
    said = {"a.html": ("6.8", "<a href='a_2.html'>下一页</a>"), "a_2.html": ("9.1", "<a href='a.html'>上一页</a>")}
    for name in names:
        figure, pager = said[name]
        prose = f"去年,全市地区生产总值增长{figure}%,增速高于全省平均,也高于年初预期。"
        html = f"<h1>全市经济运行情况</h1><div><p>{prose}</p></div><div>{pager}</div>"
        archive(rooms, replace(capture(f"http://gov.example/{name}", text=html), content_type="text/html"))


def test_pages_of_one_article_are_one_article(rooms: Rooms) -> None:
    pages(rooms, "a_2.html", "a.html")

    done = process(rooms, "city-gov", DAY)

    assert (done.articles, dict(done.fates), done.problems) == (1, {"article": 1, "further-page": 1}, ())
    assert rooms.store.collect("observations").sort("start")["value"].to_list() == [6.8, 9.1]


def test_half_an_article_says_that_it_is(rooms: Rooms) -> None:
    pages(rooms, "a.html")

    done = process(rooms, "city-gov", DAY)

    assert (done.articles, dict(done.fates)) == (1, {"article": 1, "incomplete": 1})
    assert "http://gov.example/a_2.html" in done.problems[0].message


def test_processing_a_partition_again_changes_nothing(rooms: Rooms) -> None:
    archive(rooms, capture())
    process(rooms, "city-gov", DAY)
    before = {table: rooms.store.collect(table) for table in ("articles", "texts", "observations", "rejects")}

    process(rooms, "city-gov", DAY)

    assert all(rooms.store.collect(table).equals(frame) for table, frame in before.items())


def test_a_replaced_text_is_an_article_beside_the_first_and_the_same_text_is_not(rooms: Rooms) -> None:
    archive(rooms, capture(), capture(text=TEXT.replace("6.8", "6.9"), hour=10), capture(text=TEXT + "\n\n", hour=11))

    assert process(rooms, "city-gov", DAY).articles == 2


def test_what_cannot_be_read_is_a_problem_and_its_neighbours_are_stored(rooms: Rooms) -> None:
    archive(rooms, capture(), capture("http://gov.example/b.txt", text="\x00\x01" * 3000))

    done = process(rooms, "city-gov", DAY)

    (problem,) = done.problems
    assert (done.articles, problem.outcome, problem.where) == (1, "binary", "http://gov.example/b.txt")
    assert not problem.asked


def test_own_files_given_twice_are_unchanged(rooms: Rooms, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    request = RunRequest(inputs=(tmp_path / "a.txt",))

    assert [collect_files(rooms, request).counts for _ in range(2)] == [{"new": 1}, {"unchanged": 1}]


def test_an_empty_store_publishes_nothing(rooms: Rooms) -> None:
    assert publish(rooms) is None


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        (RunRequest(), ["city-gov"]),
        (RunRequest(inputs=(Path("a"),)), []),
        (RunRequest(inputs=(Path("a"),), publishers=("city-gov",), since=DAY), ["city-gov"]),
    ],
)
def test_which_publishers_a_request_means(rooms: Rooms, request_: RunRequest, wanted: list[str]) -> None:
    assert rooms.wanted(request_) == wanted


@pytest.mark.parametrize(
    "request_",
    [
        RunRequest(publishers=("nobody",)),
        RunRequest(publishers=("input",)),
        RunRequest(since=date(2024, 3, 2), until=DAY),
        RunRequest(inputs=(Path("a"),), since=DAY),
    ],
)
def test_a_request_that_cannot_be_is_refused_before_anything_is_done(rooms: Rooms, request_: RunRequest) -> None:
    with pytest.raises(UsageError):
        run(rooms.settings, request_)

    assert not rooms.settings.home.exists()


def test_progress_is_told(rooms: Rooms, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    told: list[tuple[str, int, int]] = []

    run(rooms.settings, RunRequest(inputs=(tmp_path / "a.txt",)), lambda *step: told.append(step))

    assert [what.split(" ")[0] for what, _, _ in told] == ["own", "input", "series"]

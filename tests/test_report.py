"""The last lines of a run: what was published, where, how to look at it, what was rejected, what was not done."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qzetl.dataset.release import Publication, Release
from qzetl.report import Problem, RunReport, RunRequest, summary

ROWS = {"articles": 18, "observations": 1525, "series": 215, "happenings": 24, "rejects": 3, "areas": 3219}
RELEASE = Release("2024.03.01", Path("output/releases/2024.03.01"), "0" * 64, None, ROWS, 1)
MISSING = Problem("http://gov.example/a.html", "http-404", "a.html was answered with status 404", asked=False)
EMPTY = Problem("file:a.txt", "empty", "a.txt is empty; write it again", asked=True)


def report(published: Publication | None, *problems: Problem, **rejected: int) -> RunReport:
    moment = datetime(2024, 3, 1, tzinfo=UTC)
    counts = {"collected": {"new": 18, "http-404": 1}, "partitions": 9, "read": {"article": 18}}
    return RunReport(
        "id", moment, moment, RunRequest(), **counts, articles=18, observations=1525, rejected=rejected,
        problems=problems, published=published,
    )  # fmt: skip


def test_a_new_release_is_named_with_its_rows_and_place() -> None:
    lines = summary(report(Publication(RELEASE, new=True))).splitlines()

    assert lines[0] == (
        "Published release 2024.03.01: 18 articles, 1,525 observations, 215 series, 24 happenings, 3 rejects."
    )
    assert lines[1].split() == ["where", "output/releases/2024.03.01,", "to", "which", "output/latest", "points"]
    assert "qzetl show latest" in lines[2]
    assert "output/latest/series.csv" in lines[2]


def test_nothing_new_is_said() -> None:
    assert summary(report(Publication(RELEASE, new=False))).startswith("Nothing new since release 2024.03.01: ")


def test_nothing_published_is_said() -> None:
    assert summary(report(None)).startswith("Nothing published: ")


def test_rejects_are_counted_by_rule() -> None:
    said = summary(report(None, **{"unit-unknown": 2, "key-duplicate": 1}))

    assert "  rejected  2 unit-unknown, 1 key-duplicate (see rejects.csv)" in said


def test_what_was_asked_for_and_not_done_comes_before_notes() -> None:
    lines = summary(report(None, MISSING, EMPTY)).splitlines()

    assert lines[-2:] == [
        "  not done  empty: a.txt is empty; write it again",
        "  note      http-404: a.html was answered with status 404",
    ]


def test_many_problems_are_cut_and_counted() -> None:
    assert summary(report(None, *[MISSING] * 50)).endswith(
        "  … and 30 more; the run's report has them all (qzetl run --json)"
    )


@pytest.mark.parametrize(("problems", "ok"), [((), True), ((MISSING,), True), ((MISSING, EMPTY), False)])
def test_a_run_is_ok_unless_something_asked_for_was_not_done(problems, ok) -> None:
    assert report(None, *problems).ok is ok

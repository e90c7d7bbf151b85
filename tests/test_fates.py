"""What a run reports of all that it was asked for: partitions, problems, days covered."""

from datetime import UTC, date, datetime

from qzetl.collect.outcome import CollectReport, Outcome
from qzetl.collect.publisher import INPUT, Listing, Publisher
from qzetl.fates import Tally, covered_days, failures, touched_partitions
from qzetl.report import Processed, RunRequest

GOV = Publisher(id="gov", name="Government", listings=(Listing("feed", "http://gov.example/list.xml"),))
PUBLISHERS = {"gov": GOV, "input": INPUT}
FIRST, SECOND, THIRD = (date(2024, 3, day) for day in (1, 2, 3))


def page(day: date, outcome: str, name: str = "a") -> Outcome:
    return Outcome("gov", day, f"http://gov.example/{name}.html", outcome, "what to do")


def listing(day: date, outcome: str) -> Outcome:
    return Outcome("gov", day, "http://gov.example/list.xml", outcome, "what to do")


def tally(*outcomes: Outcome, processed: tuple[Processed, ...] = (), **request: date) -> Tally:
    return Tally(RunRequest(**request), datetime(2024, 3, 4, tzinfo=UTC), [CollectReport(outcomes)], processed)


def done(day: date, **fates: int) -> Processed:
    return Processed("gov", day, fates.get("article", 0), 5, {"unit-unknown": 2}, fates)


def test_a_partition_in_which_only_failures_were_met_is_processed_too() -> None:
    report = CollectReport(
        [page(SECOND, "http-404"), page(FIRST, "new"), page(FIRST, "unchanged"), listing(THIRD, "listed")]
    )

    assert touched_partitions([report]) == [("gov", FIRST), ("gov", SECOND)]


def test_a_users_file_that_failed_makes_no_partition() -> None:
    report = CollectReport(
        [Outcome("input", FIRST, "file:a.txt", "empty"), Outcome("input", FIRST, "file:b.png", "skipped")]
    )

    assert touched_partitions([report]) == []


def test_a_list_and_a_users_file_were_asked_for_by_name_a_page_was_not() -> None:
    outcomes = [page(FIRST, "http-404"), listing(FIRST, "timeout"), Outcome("input", FIRST, "file:a.txt", "empty")]

    asked = {problem.outcome: problem.asked for problem in failures([CollectReport(outcomes)], PUBLISHERS)}

    assert asked == {"http-404": False, "timeout": True, "empty": True}


def test_a_processed_day_counts_what_was_read_and_what_failed() -> None:
    outcomes = (page(FIRST, "new"), page(FIRST, "http-404", "b"), listing(FIRST, "listed"))
    parts = (done(FIRST, **{"article": 1, "no-figures": 1, "no-article": 1}),)

    (covered,) = covered_days(tally(*outcomes, processed=parts, until=FIRST), set())

    assert covered.fates == {"read": 2, "http-404": 1, "no-article": 1}
    assert (covered.articles, covered.observations, covered.rejects) == (1, 5, 2)


def test_days_of_a_range_on_which_nothing_was_listed_were_looked_at() -> None:
    outcomes = (page(SECOND, "new"), listing(THIRD, "listed"))

    covered = covered_days(tally(*outcomes, processed=(done(SECOND, article=1),), since=FIRST, until=THIRD), set())

    assert [(each.day, dict(each.fates)) for each in covered] == [(FIRST, {}), (SECOND, {"read": 1}), (THIRD, {})]


def test_a_list_without_a_range_says_nothing_of_days_past() -> None:
    covered = covered_days(
        tally(page(FIRST, "new"), listing(THIRD, "listed"), processed=(done(FIRST, article=1),)), set()
    )

    assert [each.day for each in covered] == [FIRST]


def test_a_day_with_articles_from_before_is_not_emptied_by_a_list_that_dropped_them() -> None:
    covered = covered_days(tally(listing(THIRD, "empty-list"), since=SECOND, until=THIRD), {("gov", SECOND)})

    assert [each.day for each in covered] == [THIRD]


def test_a_failed_list_leaves_its_range_unlooked_at() -> None:
    failed = tally(listing(THIRD, "timeout"), processed=(done(THIRD),), since=FIRST, until=THIRD)

    (covered,) = covered_days(failed, set())

    assert (covered.day, dict(covered.fates)) == (THIRD, {"timeout": 1})

"""A walk through the site as a reader takes it, from the folder itself: no server, no outside request, no error."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

VIEWS = {
    "home": "",
    "indicator": "#/indicator/GDP",
    "places": "#/indicator/GDP?v=areas",
    "place": "#/area/330800",
    "disagreements": "#/disagreements",
    "changes": "#/changes",
    "accuracy": "#/accuracy",
    "coverage": "#/coverage",
    "data": "#/data",
    "search": "#/search?q=财政",
    "figure": "#/indicator/GDP?o=1",
    "missing": "#/indicator/NOTHING",
}
WAITED = {"indicator": "svg.chart", "places": "svg.chart rect.bar", "figure": "dialog[open] mark", "search": ".found"}
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "has_touch": True, "is_mobile": True},
}


@pytest.fixture
def visit(browser, release: Path) -> Iterator[Callable]:
    """Open an address of the site; what goes wrong on any page that was opened fails the test at its end."""
    faults, contexts = [], []

    def go(address: str = "", **screen):
        context = browser.new_context(**(SCREENS["desktop"] | screen))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda asked: (
                None if asked.url.startswith(("file://", "blob:")) else faults.append(f"asked for {asked.url}")
            ),
        )
        page.goto(f"{(release / 'site/index.html').as_uri()}{address}")
        page.wait_for_selector("html[data-ready]")
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def figures_of(release: Path, **wanted) -> pl.DataFrame:
    return pl.read_parquet(release / "series.parquet").filter(**wanted)


def test_a_number_leads_to_its_sentence_and_back(visit) -> None:
    page = visit()

    page.get_by_role("link", name="地区生产总值", exact=True).click()
    page.wait_for_selector("svg.chart [role=button]")
    figure = page.locator("td.numeric a.figure").first
    shown = figure.text_content()
    figure.click()

    dialog = page.get_by_role("dialog")
    assert dialog.locator(".big").text_content() == shown
    assert dialog.locator("mark").count() == 1
    link = dialog.get_by_role("link", name="在原文中查看这句话").get_attribute("href")
    assert link.startswith("https://made-")
    assert ".example/" in link
    assert "#:~:text=" in link
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="hidden")
    expect(page).to_have_url(re.compile(r"#/indicator/GDP$"))


def test_what_the_evidence_says_is_what_the_tables_say(visit, release: Path) -> None:
    row = figures_of(release, indicator="GDP", measure="LEVEL").row(0, named=True)
    told = pl.read_parquet(release / "observations.parquet").row(
        by_predicate=pl.col("observation_id") == row["observation_id"], named=True
    )

    page = visit(f"#/observation/{row['observation_id']}")
    page.wait_for_selector("dialog[open] mark")

    assert page.locator("dialog blockquote").text_content() == told["sentence"]
    assert page.locator("dialog mark").text_content() == told["quote"]
    assert told["observation_id"] in page.locator("dialog").text_content()


def test_a_point_of_the_chart_is_reached_by_keyboard(visit) -> None:
    page = visit("#/indicator/GDP?v=time")
    page.wait_for_selector("svg.chart [role=button]")

    page.locator('svg.chart [tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")

    page.wait_for_selector("dialog[open] .big")
    assert page.locator("dialog .big").text_content() in said


def test_places_and_measures_are_chosen(visit) -> None:
    page = visit("#/indicator/GDP?v=time")
    page.wait_for_selector("svg.chart path.line")
    before = page.locator("svg.chart path.line").count()
    page.get_by_role("button", name="移除").first.click()
    expect(page.locator("svg.chart path.line")).to_have_count(before - 1)
    page.get_by_role("button", name="同比增速").click()
    page.wait_for_selector('button[aria-pressed="true"]:has-text("同比增速")')
    page.get_by_role("button", name="各地区").click()
    page.wait_for_selector("svg.chart rect.bar")

    assert page.locator("td.numeric a.figure").first.text_content().endswith("%")


def test_the_table_is_filtered_and_downloaded(visit, release: Path) -> None:
    page = visit("#/indicator/GDP?m=LEVEL")
    page.wait_for_selector("#table-filter")

    page.locator("#table-filter").fill("2022")
    assert set(page.locator("td.period").all_text_contents()) == {"2022年"}
    with page.expect_download() as coming:
        page.get_by_role("button", name="所见 CSV").click()
    held = Path(coming.value.path()).read_bytes()

    rows = list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"))))
    wanted = figures_of(release, indicator="GDP", measure="LEVEL", period="2022", status="actual")
    assert held.startswith(b"\xef\xbb\xbf")
    assert sorted(float(row["value"]) for row in rows) == sorted(wanted["value"])
    assert {row["area"] for row in rows} == set(wanted["area"])


@pytest.mark.parametrize(("button", "ending"), [("图 SVG", ".svg"), ("图 Vega-Lite", ".vl.json")])
def test_the_chart_is_downloaded(visit, button: str, ending: str) -> None:
    page = visit("#/indicator/GDP?v=time")
    page.wait_for_selector("svg.chart path.line")

    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()

    text = Path(coming.value.path()).read_text("utf-8")
    assert coming.value.suggested_filename == f"GDP-LEVEL{ending}"
    if ending == ".svg":
        assert text.startswith("<svg")
        assert 'fill="rgb' in text
    else:
        import vl_convert

        assert "<svg" in vl_convert.vegalite_to_svg(json.loads(text))


def test_language_and_theme_are_switched_and_remembered(visit) -> None:
    page = visit("#/indicator/GDP")

    page.locator("#language").click()
    page.wait_for_selector("h1:has-text('Gross domestic product')")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()

    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    page.wait_for_selector("html[data-theme=dark] h1:has-text('Gross domestic product')")


def test_search_finds_indicators_places_and_headlines(visit) -> None:
    page = visit()

    page.locator("#search").press_sequentially("常山")
    page.wait_for_selector("main[data-page=search] .found")

    assert page.locator("#search").input_value() == "常山"
    assert page.locator(".found a", has_text="常山县").first.is_visible()
    assert page.locator("h2", has_text="文章").is_visible()


def test_disagreements_show_both_figures(visit, release: Path) -> None:
    split = pl.read_parquet(release / "series.parquet").filter(pl.col("agreement") < 1).height
    assert split > 0

    page = visit("#/disagreements")
    page.wait_for_selector("td.others")

    assert page.locator("tbody tr").count() == min(split, 100)
    assert page.locator("td.others a.figure").count() >= page.locator("tbody tr").count()


def test_an_article_that_looks_like_code_stays_text(visit, release: Path) -> None:
    row = figures_of(release, indicator="TRADE_TOTAL", area="540000", period="2023", measure="LEVEL").row(0, named=True)

    page = visit(f"#/observation/{row['observation_id']}")
    page.wait_for_selector("dialog[open] mark")

    assert page.locator("dialog .headline").text_content() == "<script>alert(1)</script>"
    assert page.locator("dialog mark").text_content() == "88.8亿元"
    assert '<img src=x onerror="alert(1)">😀' in page.locator("dialog blockquote").text_content()
    assert page.locator("dialog a[href^='javascript']").count() == 0
    assert page.locator("img").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("h1").text_content() == "<script>alert(1)</script>"


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_too_wide_and_axe_finds_no_serious_fault(visit, screen: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page, faults = visit(**SCREENS[screen]), {}
    start = page.url

    for view, address in VIEWS.items():
        page.goto(f"{start}{address}")
        page.wait_for_selector(WAITED.get(view, "main h1"))
        page.wait_for_timeout(250)  # the panel's arrival; half-transparent text has no contrast
        found = Axe().run(page, options={"preload": False})
        faults[view] = [
            (each["id"], each["nodes"][0]["html"][:160], each["nodes"][0]["failureSummary"][:240])
            for each in found.response["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            faults[view].append(("too wide", screen, view))

    assert {view: found for view, found in faults.items() if found} == {}


def test_without_scripts_there_is_a_page(browser, release: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((release / "site/index.html").as_uri())

    said = page.locator("main").text_content()
    context.close()

    assert "地区生产总值" in said
    assert "README" in page.url or "个数字" in said

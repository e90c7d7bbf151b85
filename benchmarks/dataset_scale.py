"""How the dataset's room stands a million observations: validation, series, releases; seconds and peak memory.

The rows are made here, without chance and with every column as real ones have it: three publishers tell a story of
twenty figures, one in ten figures differs, one article in ten is a reprint, half of the figures have an indicator.
Validation runs beside plain Polars expressions that test the same rules and keep the same rows, as a user would write
them by hand. Every step runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from qzetl.collect.publisher import Publisher
from qzetl.dataset.assembly import assemble
from qzetl.dataset.contract import Contract
from qzetl.dataset.derive import derive_marked
from qzetl.dataset.duplicates import mark_duplicates
from qzetl.dataset.release import build_release
from qzetl.dataset.rows import publisher_rows
from qzetl.dataset.store import Store
from qzetl.dataset.validate import validate
from qzetl.pipeline import COMPANIONS

MILLION = 1_000_000
FIGURES = 20  # of an article
TELLERS = 3  # articles of a story
PUBLISHERS = 40
DAYS = 1200
TENS = {"province": 100, "prefecture": 10, "county": 1}  # an area's amounts lie below those of the one it is in
STEPS = ("store", "validate", "plain", "validate", "plain", "series", "release", "next")
FIRST_DAY = date(2021, 1, 1)
PERIOD = r"^(?:[0-9]{4}(-(S[12]|Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?(/[0-9]{4}(-(S[12]|Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?)?)$"  # noqa: E501


def make_publishers(contract: Contract) -> pl.DataFrame:
    """Return the publishers, of all four ranks."""
    made = [Publisher(f"p{n:02}", f"发布者{n}", kind="press", area="330800", rank=1 + n % 4) for n in range(PUBLISHERS)]
    return publisher_rows(made, contract)


def hexadecimal(column: str, seed: int, digits: int) -> pl.Expr:
    """Return so many hexadecimal digits that follow from `column`."""
    parts = [
        (pl.col(column) * 0x9E3779B1 + (seed + n) * 7919 + 1).cast(pl.UInt64).hash(seed + n) % 0x100000000
        for n in range(digits // 8)
    ]
    return pl.concat_str(
        *((part + 0x100000000).map_batches(_hex, return_dtype=pl.String) for part in parts), separator=""
    )


def _hex(numbers: pl.Series) -> pl.Series:
    return pl.Series([f"{number:x}"[1:] for number in numbers.to_list()], dtype=pl.String)


def pseudo(expression: pl.Expr, seed: int, below: int) -> pl.Expr:
    """Return a number from 0 that looks like chance and follows from `expression`."""
    return (expression.cast(pl.UInt64).hash(seed) % below).cast(pl.Int64)


def numbered(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the rows with their number from 0 as the column `name`."""
    return frame.with_row_index(name).cast({name: pl.Int64})


def make_rows(count: int, contract: Contract) -> dict[str, pl.DataFrame]:
    """Return articles, texts and observations, `count` of the last."""
    articles = (
        pl.DataFrame({"n": pl.int_range(count // FIGURES, eager=True)})
        .with_columns(
            story=pl.col("n") // TELLERS,
            reprint=pl.col("n") % 10 == 9,  # noqa: PLR2004  # one in ten
            publisher=pl.format("p{}", (pl.col("n") % PUBLISHERS).cast(pl.String).str.zfill(2)),
        )
        .with_columns(
            day=pl.lit(FIRST_DAY) + pl.duration(days=pseudo(pl.col("story"), 1, DAYS)),
            source_no=pl.when("reprint").then(pl.col("n") - 1).otherwise("n"),
        )
        .with_columns(article_id=hexadecimal("n", 2, 16), uri=pl.format("https://{}.example/{}.html", "publisher", "n"))
    )
    codes = contract.codelists["indicators"].filter(
        (pl.col("kind") == "aggregate") & (pl.col("unit") == "CNY") & ~pl.col("code").str.contains("PER_CAPITA")
    )
    areas = contract.codelists["areas"].filter(pl.col("level") != "country")
    figures = (
        articles.join(pl.DataFrame({"j": range(FIGURES)}), how="cross")
        .with_columns(key=pl.col("story") * FIGURES + pl.col("j"), own=pl.col("n") * FIGURES + pl.col("j"))
        .with_columns(
            code_no=pseudo(pl.col("key"), 3, codes.height),
            area_no=pseudo(pl.col("story"), 4, areas.height),
            growth=pl.col("j") % 2 == 1,
            coded=pl.col("j") < FIGURES // 2,
            cents=100 + pseudo(pl.col("key"), 5, 800) + pl.when(pseudo(pl.col("own"), 6, 10) == 0).then(1).otherwise(0),
        )
        .join(numbered(codes.select(indicator="code", name="name_zh"), "code_no"), on="code_no")
        .join(numbered(areas.select(area="code", place="name", scale="level"), "area_no"), on="area_no")
        .sort("own")
        .with_columns(
            period=pl.col("day").dt.offset_by("-1mo").dt.strftime("%Y-%m"),
            unit=pl.when("growth").then(pl.lit("%")).otherwise(pl.lit("亿元")),
            tens=pl.when("growth").then(1).otherwise(pl.col("scale").replace_strict(TENS, default=1)),
        )
        .with_columns(
            quote=pl.format("{}{}", pl.col("cents") * pl.col("tens") / 100, "unit"),
        )
        .with_columns(lead=pl.format("{}{}月，全市{}", "place", "period", "name"))
        .with_columns(
            sentence=pl.format(
                "{}{}{}，各项工作平稳推进，第{}项指标好于预期。",
                "lead",
                pl.when("growth").then(pl.lit("同比增长")).otherwise(pl.lit("达")),
                "quote",
                "key",
            )
        )
        .with_columns(length=pl.col("sentence").str.len_chars().cast(pl.Int64))
        .with_columns(sentence_start=pl.col("length").cum_sum().over("n") - pl.col("length"))
    )
    start = pl.col("sentence_start") + pl.col("lead").str.len_chars() + pl.when("growth").then(4).otherwise(1)
    value = pl.when("growth").then(pl.col("cents") / 100).otherwise(pl.col("cents") * 1e6 * pl.col("tens"))
    observations = figures.select(
        "article_id",
        "publisher",
        "uri",
        "day",
        "area",
        "period",
        "quote",
        "sentence",
        "sentence_start",
        observation_id=hexadecimal("own", 7, 16),
        published="day",
        indicator=pl.when("coded").then("indicator"),
        subject="name",
        measure=pl.when("growth").then(pl.lit("GROWTH_YOY")).otherwise(pl.lit("LEVEL")),
        period_start=pl.col("day").dt.offset_by("-1mo").dt.month_start(),
        period_end=pl.col("day").dt.offset_by("-1mo").dt.month_end(),
        status=pl.lit("actual"),
        value=value.cast(pl.Float64),
        bound=pl.lit("exact"),
        unit=pl.when("growth").then(pl.lit("PT")).otherwise(pl.lit("CNY")),
        start=start.cast(pl.Int64),
        end=(start + pl.col("quote").str.len_chars()).cast(pl.Int64),
        confidence=pl.when("coded").then(pl.lit("A")).otherwise(pl.lit("C")),
        rule=pl.lit("named"),
    )
    texts = figures.group_by("n", maintain_order=True).agg(text=pl.col("sentence").str.join(""))
    articles = articles.join(texts, on="n").with_columns(text_length=pl.col("text").str.len_chars().cast(pl.Int64))
    kept_articles = articles.select(
        "article_id",
        "publisher",
        "uri",
        "day",
        "text_length",
        published="day",
        retrieved=pl.lit(datetime(2024, 6, 1, tzinfo=UTC)),
        title=pl.format("第{}号报道", "story"),
        area=pl.lit("330800"),
        text_sha256=hexadecimal("source_no", 8, 64),
        layout=pl.lit("made"),
        digest=hexadecimal("n", 9, 64),
    )
    kept_texts = articles.select(
        *("article_id", "publisher", "day", "text"), captions=pl.lit("[]"), sketch=hexadecimal("source_no", 10, 128)
    )
    frames = {"articles": kept_articles, "texts": kept_texts, "observations": observations}
    return {name: _whole(name, frame, contract) for name, frame in frames.items()}


def _whole(name: str, frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    schema = contract.table(name).schema
    missing = {column: pl.lit(None, dtype) for column, dtype in schema.items() if column not in frame.columns}
    return frame.with_columns(**missing).select(schema.names()).cast(schema)


def plain(frames: dict[str, pl.DataFrame], contract: Contract) -> pl.DataFrame:
    """Return the sound observations as plain Polars expressions find them."""
    col, codes = pl.col, {name: frame[frame.columns[0]] for name, frame in contract.codelists.items()}
    bounds = contract.codelists["bounds"].with_columns(pl.col("minimum", "maximum").cast(pl.Float64))
    own = bounds.filter(col("indicator") != "*")
    general = bounds.filter(col("indicator") == "*").drop("indicator")
    frame = (
        frames["observations"]
        .join(frames["texts"].select("article_id", "text"), on="article_id", how="left", maintain_order="left")
        .join(own, on=["indicator", "measure", "unit"], how="left", maintain_order="left")
        .join(general, on=["measure", "unit"], how="left", maintain_order="left", suffix="_any")
    )
    least, most = pl.coalesce("minimum", "minimum_any"), pl.coalesce("maximum", "maximum_any")
    low, high = pl.coalesce("value", "value_low"), pl.coalesce("value", "value_high")
    required = ["observation_id", "article_id", "publisher", "uri", "day", "measure", "status", "bound", "unit"]
    at = col("start") - col("sentence_start")
    ends = col("value_low").is_not_null() & col("value_high").is_not_null()
    is_area = col("reference").str.len_bytes() == 6  # noqa: PLR2004  # GB/T 2260
    broken = [
        *(col(name).is_null() for name in [*required, "quote", "start", "end", "sentence", "sentence_start"]),
        *(~col(name).str.contains("^(?:[0-9a-f]{16})$") for name in ("observation_id", "article_id")),
        *(~col(name).str.contains("^(?:[0-9]{6})$") for name in ("area", "scope")),
        ~col("period").str.contains(PERIOD),
        ~col("reference").str.contains(f"^(?:[0-9]{{6}}|{PERIOD[4:-2]})$"),
        ~col("status").is_in(["actual", "target"]),
        ~col("bound").is_in(["exact", "approx", "over", "under", "range"]),
        ~col("confidence").is_in(["A", "B", "C"]),
        *(~col(name).is_finite() for name in ("value", "value_low", "value_high")),
        *(col(name) < 0 for name in ("start", "sentence_start")),
        col("end") < 1,
        *(col(name).str.len_chars() < 1 for name in ("quote", "sentence")),
        ~col("article_id").is_in(frames["articles"]["article_id"].implode()),
        ~col("publisher").is_in(frames["publishers"]["id"].implode()),
        ~col("indicator").is_in(codes["indicators"].implode()),
        ~col("measure").is_in(codes["measures"].implode()),
        ~col("unit").is_in(codes["units"].implode()),
        *(~col(name).is_in(codes["areas"].implode()) for name in ("area", "scope")),
        col("value").is_null() & ~ends,
        col("value").is_not_null() & (col("value_low").is_not_null() | col("value_high").is_not_null()),
        col("value_low") > col("value_high"),
        col("end") <= col("start"),
        (at < 0) | (col("sentence").str.slice(at, (col("end") - col("start")).clip(0)) != col("quote")),
        col("period").is_not_null() & (col("period_start").is_null() | (col("period_start") > col("period_end"))),
        is_area & ~col("reference").is_in(codes["areas"].implode()),
        col("text").str.slice(col("sentence_start"), col("sentence").str.len_chars()).ne_missing(col("sentence")),
        (low < least) | (high > most),
        (col("period_start") - pl.coalesce("published", "day")).dt.total_days()
        > pl.when(col("status") == "actual").then(31).otherwise(18300),
        col("period_start").dt.year() < 1900,  # noqa: PLR2004
    ]
    sound = frame.filter(~pl.any_horizontal(each.fill_null(value=False) for each in broken))
    return sound.select(frames["observations"].columns).unique("observation_id", keep="first", maintain_order=True)


def step_store(folder: Path, count: int, contract: Contract) -> None:
    """Make the rows and put them into a store."""
    store = Store(folder / "store", contract)
    frames = make_rows(count, contract)
    store.merge("publishers", make_publishers(contract))
    days = frames["articles"].select("publisher", "day").unique().rows()
    for name, frame in frames.items():
        store.replace_partitions(name, days, frame)
        frame.write_parquet(folder / f"{name}.parquet")


def read_rows(folder: Path, contract: Contract) -> dict[str, pl.DataFrame]:
    """Return what `step_store` made, read before any time is taken."""
    frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in ("articles", "texts", "observations")}
    return frames | {"publishers": make_publishers(contract)}


def measured(step: str, folder: Path, count: int) -> dict[str, float]:
    """Do one step in this process; return its seconds of processor and clock, rows, and memory in MB."""
    contract = Contract.load()
    store, output = Store(folder / "store", contract), folder / "output"
    frames: dict[str, pl.DataFrame] = {}
    if step in {"validate", "plain", "series"}:
        frames = read_rows(folder, contract)
    if step == "next":
        day = store.partitions("articles")[0]
        for table in ("observations", "texts", "articles"):
            store.replace(table, *day, contract.table(table).empty())
    if step == "series":
        frames["marked"] = mark_duplicates(frames["articles"], frames["publishers"], frames["texts"].lazy())
    related = {name: frames[name] for name in ("articles", "publishers", "texts") if name in frames}
    work: dict[str, Callable[[], int]] = {
        "store": lambda: step_store(folder, count, contract) or count,
        "validate": lambda: validate("observations", frames["observations"], contract, related).valid.height,
        "plain": lambda: plain(frames, contract).height,
        "series": lambda: (
            derive_marked(frames["observations"], frames["marked"], frames["publishers"], contract).series.height
        ),
        "assemble": lambda: assemble(store).tables["series"].height,
        "release": lambda: build_release(store, output, "benchmark", COMPANIONS).release.rows["observations"],
        "next": lambda: build_release(store, output, "benchmark", COMPANIONS).release.rows["changes"],
    }
    wall, cpu = time.perf_counter(), time.process_time()
    rows = work[step]()
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "rows": rows,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> int:
    """Measure every step and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--observations", type=int, default=MILLION, metavar="N")
    parser.add_argument("--step", choices=sorted({*STEPS, "assemble"}), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help="keep store and releases there")
    options = parser.parse_args()
    if options.step:
        print(json.dumps(measured(options.step, options.folder, options.observations)))
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        seconds: dict[str, float] = {}
        print("| step | rows | s, clock | s, processor | peak MB |\n|---|---:|---:|---:|---:|")
        for step in STEPS:
            command = [sys.executable, __file__, "--step", step, "--folder", folder]
            said = subprocess.run(
                [*command, "--observations", str(options.observations)], check=True, capture_output=True, text=True
            )
            found = json.loads(said.stdout)
            seconds[step] = min(found["cpu"], seconds.get(step, found["cpu"]))
            print(f"| {step} | {found['rows']:,} | {found['wall']:.1f} | {found['cpu']:.1f} | {found['peak']:,.0f} |")
        print(f"\nvalidate is {seconds['validate'] / seconds['plain']:.2f} times plain Polars (processor, best of two)")
    return 0


if __name__ == "__main__":
    sys.exit(main())

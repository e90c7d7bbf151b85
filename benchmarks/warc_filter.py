"""Megabytes of a compressed WARC file filtered per second of CPU time, beside fastwarc reading it and keeping nothing.

``python benchmarks/warc_filter.py [--records N] [FILE]``: without FILE a crawl of N records is made up first (pages of
many hosts in five languages, a tenth of them Chinese, in UTF-8 and GB18030; every second record is a request). Each
contestant reads the whole file on one core; the best of three rounds counts.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from qzetl.collect.capture import Capture
from qzetl.collect.outcome import Outcome
from qzetl.collect.wanted import Wanted
from qzetl.collect.warcfile import Reading, read_warc

__all__ = ["main", "write_crawl"]

_WORDS = {
    "en": [
        "the",
        "of",
        "growth",
        "market",
        "county",
        "people",
        "river",
        "station",
        "bridge",
        "report",
        "spring",
        "harvest",
        "figures",
        "council",
        "road",
    ],
    "de": [
        "der",
        "die",
        "Straße",
        "Übersicht",
        "Gemeinde",
        "Wasser",
        "früh",
        "größer",
        "Bericht",
        "Zahlen",
        "Brücke",
        "Märkte",
        "für",
        "über",
        "jährlich",
    ],
    "ru": [
        "город",
        "река",
        "отчёт",
        "область",
        "рост",
        "рынок",
        "весна",
        "данные",
        "совет",
        "дорога",
        "станция",
        "люди",
        "цена",
        "завод",
        "урожай",
    ],
    "ja": [
        "これは",
        "地域の",
        "ニュース",
        "です",
        "成長",
        "について",
        "市場が",
        "町の",
        "人々に",
        "報告を",
        "する",
        "ため",
        "でした",
        "から",
    ],
    "zh": [
        "全市",
        "经济",
        "增长",
        "项目",
        "建设",
        "人民",
        "报告",
        "工业",
        "投资",
        "企业",
        "消费",
        "数据",
        "同比",
        "完成",
        "地区",
        "发展",
    ],
}
_SHARES = {"en": 60, "de": 12, "ru": 10, "ja": 8, "zh": 10}
_SITES = ("news.qz828.com", "www.qz.gov.cn", "*.zj.gov.cn")
_WANTED = {
    "site": Wanted(sites=_SITES),
    "site and language": Wanted(sites=("*.example", *_SITES), languages=("zh",)),
    "language": Wanted(languages=("zh",)),
    "language and words": Wanted(languages=("zh",), words=("衢州", "开化县", "龙游")),
}
_NOW = datetime(2024, 3, 1, tzinfo=UTC)
_ROUNDS = 3
_EVERY = 100  # one page in so many is of Quzhou


def write_crawl(path: Path, records: int, seed: int = 1) -> None:
    """Write a made-up crawl of so many records, every second one a request."""
    chance = random.Random(seed)  # noqa: S311 - made-up pages
    with path.open("wb") as stream:
        for number in range(records // 2):
            here = number % _EVERY == 0
            language = "zh" if here else chance.choices(list(_SHARES), list(_SHARES.values()))[0]
            uri = f"https://www{number % 997}.example/{language}/{number}.html"
            if here:
                uri = f"http://news.qz828.com/system/2024/02/27/{number:09}.shtml"
            stream.write(_record(WarcRecordType.request, uri, b"GET / HTTP/1.1\r\nHost: www.example\r\n\r\n"))
            stream.write(_record(WarcRecordType.response, uri, _page(language, "衢州" if here else "", chance)))


def _page(language: str, place: str, chance: random.Random) -> bytes:
    words = _WORDS[language]
    gap = "" if language in {"zh", "ja"} else " "
    lines = [
        f'<p class="c{chance.randrange(10_000)}"><a href="/{chance.getrandbits(48):x}.html" title="{chance.random()}">'
        f"{gap.join(chance.choices(words, k=12))}{chance.randrange(100_000)}</a></p>"
        for _ in range(chance.randrange(60, 400))
    ]
    charset = "gb18030" if language == "zh" and chance.random() < 0.5 else "utf-8"  # noqa: PLR2004
    style = "".join(f".c{number}{{margin:{number}px}}" for number in range(400))
    head = f'<head><meta charset="{charset}"><style>{style}</style></head>'
    text = f"<html>{head}<body>{''.join(lines)}{place}</body></html>"
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text.encode(charset)


def _record(kind: WarcRecordType, uri: str, block: bytes) -> bytes:
    record = WarcRecord()
    record.init_headers(kind)
    record.headers["WARC-Target-URI"] = uri
    record.headers["WARC-Date"] = "2024-02-28T01:02:03Z"
    record.headers["Content-Type"] = f"application/http; msgtype={kind}"
    record.set_bytes_content(block)
    buffer = io.BytesIO()
    writer = GzipWriter(buffer)
    record.write(writer)
    writer.close()
    return buffer.getvalue()


def _read_only(path: Path) -> Iterator[None]:
    for _ in ArchiveIterator(str(path), parse_http=False, fsspec_args=False):
        yield None


def _filtered(path: Path, wanted: Wanted) -> Iterator[Capture | Outcome]:
    yield from read_warc(path, "file:crawl", Reading(_NOW, wanted=wanted))


def _measure(read: Callable[[], Iterator[object]]) -> tuple[float, int]:
    """Return the least CPU seconds of three rounds, and how many pages came out."""
    best, pages = float("inf"), 0
    for _ in range(_ROUNDS):
        before = time.process_time()
        pages = sum(isinstance(found, Capture) for found in read())
        best = min(best, time.process_time() - before)
    return best, pages


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Speed of filtering a WARC file.")
    parser.add_argument("file", nargs="?", type=Path, help="a .warc.gz of your own")
    parser.add_argument("--records", type=int, default=100_000, help="records of the made-up crawl")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.file
        if path is None:
            path = Path(folder) / "crawl.warc.gz"
            write_crawl(path, arguments.records)
        size = path.stat().st_size / 1e6
        alone, _ = _measure(lambda: _read_only(path))
        print(f"{size:.0f} MB compressed\n\n| filter | MB gz/s | share of fastwarc | pages |\n|---|---|---|---|")
        print(f"| fastwarc alone | {size / alone:.0f} | 1.00 | – |")
        for name, wanted in _WANTED.items():
            seconds, pages = _measure(lambda wanted=wanted: _filtered(path, wanted))  # type: ignore[misc]
            print(f"| {name} | {size / seconds:.0f} | {alone / seconds:.2f} | {pages:,} |")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())

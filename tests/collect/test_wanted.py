"""What is wanted of a WARC file: by site, language, words; the rest is counted and not read."""

import gzip
from datetime import UTC, datetime

import pytest

from qzetl.collect.capture import Capture
from qzetl.collect.files import find_inputs
from qzetl.collect.wanted import Wanted, language_of

NOW = datetime(2024, 2, 19, tzinfo=UTC)
CHINESE = "<p>2024年第一季度,全市实现地区生产总值五百亿元,同比增长百分之六点九。</p>"
PAGES = {
    "zh": CHINESE,
    "ja": "<p>これは地域のニュースです。市場が成長しました。町の人々に報告する。</p>",
    "ko": "<p>지역 경제가 성장하고 있습니다. 시장은 새로운 다리를 건설할 계획이다.</p>",
    "en": '<html lang="en-GB"><p>The county grew by six per cent.</p>',
    "de": '<html class="a" lang=de><p>Die Übersicht über größere Brücken für die Gemeinden.</p>' + "ü" * 100,
}


@pytest.mark.parametrize("language", PAGES)
def test_language_is_told_from_bytes(language):
    assert language_of(PAGES[language].encode()) == language


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "", "utf-8"])
def test_chinese_in_gb18030_is_known_whatever_it_says(declared):
    meta = f'<meta charset="{declared}">' if declared else ""

    assert language_of((meta + CHINESE).encode("gb18030")) == "zh"


@pytest.mark.parametrize(("name", "language"), [("euc-kr", "ko"), ("shift_jis", "ja"), ("big5", "zh")])
def test_declared_encodings_are_read(name, language):
    text = {"ko": PAGES["ko"], "ja": PAGES["ja"], "zh": "<p>臺北市經濟成長,全市生產總值達五百億元,同比增長。</p>"}[
        language
    ]

    assert language_of(f'<meta charset="{name}">'.encode() + 2 * text.encode(name)) == language


def test_western_bytes_are_not_taken_for_chinese():
    page = "<p>Où est l'été ? Les élèves français préfèrent être près de la forêt brûlée à Noël.</p>" * 20

    assert language_of(page.encode("latin-1")) is None


def test_character_cut_at_the_end_of_the_sample_does_not_matter():
    assert language_of(("x" * 60_000 + CHINESE * 200).encode()) == "zh"


def test_words_are_found_in_every_encoding_and_one_is_enough():
    wanted = Wanted(words=("衢州", "同比增长"))

    assert wanted.refuses(CHINESE.encode()) is None
    assert wanted.refuses(CHINESE.encode("gb18030")) is None
    assert wanted.refuses(PAGES["ja"].encode()) == "words"


@pytest.mark.parametrize(
    ("site", "uri", "taken"),
    [
        ("gov.example", "http://gov.example/a", True),
        ("gov.example", "https://GOV.example:443/a", True),
        ("gov.example", "http://www.gov.example/a", False),
        ("*.gov.example", "http://www.gov.example/a", True),
        ("*.gov.example", "http://gov.example/a", True),
        ("*.gov.example", "http://notgov.example/a", False),
        ("gov.example", "urn:x", False),
        ("gov.example", "http://[::1/", False),
    ],
)
def test_site_is_a_host_or_a_domain(site, uri, taken):
    assert Wanted(sites=(site,)).takes_site(uri) is taken


class TestFile:
    @pytest.fixture
    def crawl(self, tmp_path, record):
        path = tmp_path / "crawl.warc.gz"
        packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
        gone = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html"
        path.write_bytes(
            record("http://a.example/zh", CHINESE.encode("gb18030"))
            + record("http://a.example/en", PAGES["en"].encode())
            + record("http://b.example/zh", CHINESE.encode())
            + record("http://b.example/packed", gzip.compress(CHINESE.encode()), packed)
            + record("http://b.example/gone", CHINESE.encode(), gone)
        )
        return path

    @staticmethod
    def taken(path, **wanted):
        found = list(find_inputs([path], NOW, wanted=Wanted(**wanted)))
        pages = [one.uri.removeprefix("http://") for one in found if isinstance(one, Capture)]
        (told,) = [one for one in found if not isinstance(one, Capture)]
        return pages, told

    def test_unwanted_pages_are_told_in_one_outcome(self, crawl):
        pages, told = self.taken(crawl, sites=("a.example",), languages=("zh",))

        assert pages == ["a.example/zh"]
        assert (told.outcome, told.ok) == ("skipped", True)
        assert "1 by language, 3 by site of 5 records are not wanted" in told.message

    def test_packed_bodies_are_looked_into(self, crawl):
        pages, told = self.taken(crawl, languages=("zh",), words=("生产总值",))

        assert pages == ["a.example/zh", "b.example/zh", "b.example/packed"]
        assert "1 by language, 1 by status of 5" in told.message

    def test_other_languages_are_told_by_what_pages_declare(self, crawl):
        pages, _ = self.taken(crawl, languages=("en",))

        assert pages == ["a.example/en"]

"""A text in traditional characters gives the figures of the same text in simplified ones, quoted as it stands."""

from dataclasses import replace
from datetime import date

from opencc import OpenCC

from qzetl.extract import Document, extract

TEXT = (
    "2023年,全市生产总值2168.4亿元,比上年增长6.6%,总量居全省第10位。规模以上工业增加值同比下降0.3个百分点。"
    "两年来,全市新增企业1.2万余家,其中柯城区三千多家,累计发放贷款二百三十亿元。"
)


def test_same_figures_at_the_same_places(lexicon):
    traditional = OpenCC("s2t").convert(TEXT)
    simple = Document("a", TEXT, title="去年全市生产总值增长", published=date(2024, 1, 20), area="330800")

    expected = extract(simple, lexicon)
    found = extract(replace(simple, text=traditional, title="去年全市生產總值增長"), lexicon)

    assert any(mention.indicator for mention in expected)
    assert [replace(mention, quote="") for mention in found] == [replace(mention, quote="") for mention in expected]
    assert [mention.quote for mention in found] == [traditional[m.start : m.end] for m in expected]

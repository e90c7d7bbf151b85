"""Credit lines: who wrote an article, where it comes from, when it appeared, as printed near its headline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qzetl.read.dated import first_date
from qzetl.traditional import simplified

__all__ = ["Credits", "is_name_line", "is_person", "read_credits"]

_SOURCE = re.compile(
    r"(?:文章来源|信息来源|新闻来源|稿件来源|来\s{0,4}源|稿源|出处|转自)\s{0,4}[:：]\s{0,4}(?![A-Za-z]+=)([^\s:：|｜]{2,30})"
)
_AUTHOR = re.compile(
    r"(?:^|[\s|｜（(【\[])(?:本报记者|本刊记者|记者|通讯员|作\s{0,4}者|撰文|文字|供稿|来稿|撰稿|文)\s{0,4}[:：/／]\s{0,4}"
    r"([\u4e00-\u9fff·]{2,12}(?:[ \u3000、，]{1,3}[\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff·]{0,4}\s{0,4}[:：])){0,5})",
    re.MULTILINE,
)
_WRITER = re.compile(r"(?:记者|通讯员|作者)\s{1,3}([\u4e00-\u9fff]{2,3})(?=$|[\s、)）/／])", re.MULTILINE)
_CLAUSES = re.compile(r"[，；].{2,}[。；]$")
# What may follow a source without a space, and is no part of it.
_AFTER = re.compile(
    r"(?:作者|记者|编辑|责任编辑|责编|时间|发布时间|发布日期|日期|浏览|阅读|点击|字号|字体|【|\[|\(|（(?:责任)?编辑).*$"
)
_LABELLED = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:(?:本报|本刊)?(?:实习)?(?:记者|实习生|通讯员|作者|特约撰稿人?)[\s\u3000:：/／|]{0,4}|(?:撰文|文字|撰稿|文)\s?[:：/／|]\s?)"
    r"[\u4e00-\u9fff·\s\u3000、，:：/／|]{2,40}$"
)
_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:编辑部|评论员|报道组|报道|课题组|编写组|写作组|办公室|研究室|统计局|调查队)$"
)
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[ \u3000、]{1,4}[\u4e00-\u9fff·]{2,4}){0,5}")
# The commonest family names (together more than nine tenths of the population), and the commonest double ones.
_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐"
    "易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛"
    "靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧"
    "闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)


# What names of places end with, and names of people hardly ever.
_PLACES = frozenset("省市县区镇乡村")
# Longer names without a label are rarer than headings of that length.
_NAME_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Credits:
    """What a credit line says; None where it does not."""

    source: str | None = None
    byline: str | None = None
    published: str | None = None


def read_credits(text: str) -> Credits:
    """Read the credit lines near a headline (not the whole article: the first match of each kind counts)."""
    plain = simplified(text)
    source = _SOURCE.search(plain)
    writers = (found for found in _WRITER.finditer(plain) if is_person(found[1]))
    author = _AUTHOR.search(plain) or next(writers, None)
    return Credits(
        source=_source(text[slice(*source.span(1))], source[1]) if source else None,
        byline=text[slice(*author.span(1))].strip() if author else None,
        published=first_date(plain),
    )


def _source(written: str, plain: str) -> str | None:
    """Return a source as written, without what follows its name; `plain` is the same in simplified characters.

    A sentence (来源：省外占三成，本地占七成。) names none.
    """
    if _CLAUSES.search(plain):
        return None
    after = _AFTER.search(plain)
    return written[: after.start() if after else None].strip("，。；;,（()）】]") or None


def is_name_line(line: str) -> bool:
    """Tell a line that names the writers, by its label, by the kind of office it names, or by family names."""
    line = simplified(line.strip("（）()[]【】 \u3000"))
    if _LABELLED.match(line) or _BODY.match(line):
        return True
    return bool(_NAMES.fullmatch(line)) and all(map(is_person, re.split(r"[ \u3000、]+", line)))


def is_person(word: str) -> bool:
    """Whether a word looks like a person's name: a family name first, three characters at most, no place's ending."""
    return 1 < len(word) <= _NAME_LENGTH and word[0] in _FAMILY and word[-1] not in _PLACES

"""Subjects: from the words before a figure to an indicator's code (OBSERVATION.md 2, Indicator).

A code means the whole, so the words must be the indicator's name and nothing more; a modifier that the lexicon does
not know makes it a breakdown, which has no code. `Subject` also keeps the words, for `subject` and for what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qzetl.extract.lexicon import Lexicon, canonical

__all__ = ["Subject", "find_happening", "find_subject", "find_written", "split_list"]

_GENERIC = re.compile(
    r"(?:总额|总值|总量|总数|数量|余额|规模|人数|个数|家数|户数|情况|水平|额|值|量|数|总|的|收入额|增加额|总计|企业数|面积数|每立方米|要|平均|先后|相继|双双)$"
)
_LEADING = re.compile(
    r"^(?:全社会|港口|港区|全港|港|全年|年末|期末|当年|全部|全体|全口径|地方|完成|实现|累计|新|其中|截至|我们|当前|现有|在?库|各(?:县|市|区|地|州)*|"
    r"按[^、]{2,8}计算?的?|要(?!素|件|求|闻)|内(?=发电|用电|生产)|组织|[一二三四五六七八九十]是|[两三四五六七八九十](?!产)|每|主要|另外|要?锚定|确定了?|规模|今年以来|省市|省级|市级|县级|省|市|县|辖区内?|辖内|区内|共建|建成|拥有|培育|先后|引进|达到|新增)"
)
_DONE = re.compile(r"(?<=[\u4e00-\u9fff])(?:累计)?(?:实现|完成)")  # 规上服务业企业实现营业收入
_OF_ZONE = re.compile(r"^[^、]{1,12}[园区县市州盟旗镇乡](?:累计|共)?(?:实现|完成)")  # 一区四园完成规上工业产值
_DRIVEN = re.compile(r"在[^、]{2,14}(?:带动|拉动|推动|支撑)下?$")  # 装备制造业在光机电产业带动下
_AMID = re.compile(r"[在于][^、]{1,10}$")  # 粮食总产量在大旱之年
_SUCH = re.compile(r"^.{1,24}等(?=[\u4e00-\u9fff]{3})")  # 小麦、玉米等粮食作物种植面积
_SECTORS = ("一", "二", "三")
_SECTOR = re.compile(r"(?:产业|业|一产|二产|三产)$")


@dataclass(slots=True)
class Subject:
    """What a figure measures: its words as looked up and as written, and the code or codes that they stand for."""

    phrase: str
    codes: tuple[str, ...] = ()
    words: str = ""

    @property
    def code(self) -> str | None:
        """The one code, or None."""
        return self.codes[0] if len(self.codes) == 1 else None


def find_subject(phrase: str, context: str | None, lexicon: Lexicon) -> Subject:
    """The subject that `phrase` names; `context` is the code in force before it, for elliptic names."""
    clean = canonical(phrase)
    for name in _forms(clean):
        if (codes := _lookup(name, context, lexicon)) is not None:
            return Subject(phrase, codes)
    return Subject(phrase)


def find_written(words: str, context: str | None, lexicon: Lexicon) -> Subject | None:
    """The subject of words as they stand in the text, verbs and joints included; None if they name none."""
    clean = canonical(words)
    for form in (_OF_ZONE.sub("", clean, 1), _DRIVEN.sub("", clean), _AMID.sub("", clean), _SUCH.sub("", clean)):
        if form != clean and (found := find_subject(form, context, lexicon)).codes:
            return found
    return None


def _forms(name: str) -> Iterator[str]:
    """The name itself, then without what may stand before or behind it unchanged in meaning."""
    yield name
    forms = [name]
    for _ in range(2):
        leading = _LEADING.match(forms[-1])
        if leading is None or leading.end() == len(forms[-1]):
            break
        forms.append(forms[-1][leading.end() :])
        yield forms[-1]
    done = _DONE.sub("", name) if "实现" in name or "完成" in name else name
    if done != name:
        forms.append(done)
        yield done
    for form in forms:
        generic = _GENERIC.search(form)
        if generic is not None and generic.start() > 1:
            yield form[: generic.start()]


def _lookup(name: str, context: str | None, lexicon: Lexicon) -> tuple[str, ...] | None:
    for after, code in lexicon.contexts.get(name, ()):
        if context and context.startswith(after):
            return (code,) if code else ()  # an empty code: a part of what is in force (其中农业产值)
    codes = lexicon.subjects.get(name)
    if codes is None:
        return None
    if codes[0].startswith("GVA") and _SECTOR.search(name) and context and not context.startswith(("GVA", "GDP")):
        return None  # 制造业 after profits or trade is a breakdown of those
    return codes


def find_happening(window: str, unit: str | None, lexicon: Lexicon) -> str | None:
    """The code of an event's figure whose words stand around it; None if no pattern fits its unit."""
    for code, pattern, units in lexicon.happenings:
        if unit in units and pattern.search(window):
            return code
    return None


def split_list(phrase: str, n: int, context: str | None, lexicon: Lexicon) -> list[Subject] | None:
    """The last `n` coordinated subjects of `phrase`, head and modifier shared out; None if there are fewer.

    一产、二产、三产增加值 shares the head of the last; 规上工业营业收入、利润 the modifier of the first.
    """
    parts = [p for p in phrase.split("、") if p]
    if len(parts) < n:
        return None
    parts = parts[-n:]
    subjects = []
    for part in parts:
        subject = _with_head(part, parts[-1], context, lexicon) or find_subject(part, context, lexicon)
        if not subject.codes:
            subject = _shared(part, parts, context, lexicon) or subject
        subjects.append(subject)
    return subjects


def _with_head(part: str, last: str, context: str | None, lexicon: Lexicon) -> Subject | None:
    """What a part measures with the head of the last, where that is the same of another (生猪、肉牛出栏)."""
    whole = find_subject(last, context, lexicon).code
    if part == last or whole is None or not find_subject(part, context, lexicon).codes:
        return None
    kind = whole.rpartition("_")[2]
    for i in range(1, len(last)):
        code = find_subject(part + last[i:], context, lexicon).code
        if code and code != whole and code.rpartition("_")[2] == kind:
            return Subject(part, (code,))
    return None


def _shared(part: str, parts: list[str], context: str | None, lexicon: Lexicon) -> Subject | None:
    last, first = parts[-1], parts[0]
    candidates = [part + last[i:] for i in range(1, len(last))] if part != last else []
    if part != first:
        candidates += [first[:i] + part for i in range(len(first) - 1, 0, -1)]
    if part not in (first, last):  # 第一、二、三产业增加值
        candidates += [first[:1] + part + last[i:] for i in range(1, len(last))]
    if part[:1] in _SECTORS:  # 二、三产业投资
        candidates += ["第" + part] if part == last else ["第" + part + last[i:] for i in range(1, len(last))]
    for candidate in candidates:
        subject = find_subject(candidate, context, lexicon)
        if subject.codes:
            return Subject(part, subject.codes)
    return None

"""Naming: what a figure is of, by the words before it, the noun behind it, or the subject in force."""

from __future__ import annotations

import re

from qzetl.extract.context import Context
from qzetl.extract.figure import COUNTED, Figure
from qzetl.extract.lexicon import Lexicon, canonical
from qzetl.extract.stretch import Stretch
from qzetl.extract.subjects import Subject, find_happening, find_subject, split_list

__all__ = ["family_after", "subject_of"]

_AMOUNTS = frozenset({"T", "KG", "MU", "HA", "CNY", "KM", "KWH", "M2", "M3"})
_SHORTEST_NAME = 2  # 经济, 工业 may be part of a list's name
_NEXT_JOBS = re.compile("(?:分别|共|累计)?(?:提供|带来|推出|拿出|发布)[^，,]{0,8}岗位$")
_DONE = re.compile("已?(?:集中)?(?:开工|投产|竣工|投用|投运)")
_TRADE = frozenset({"进出口", "进出口总值", "进出口额", "进出口总额"})
_WITH = re.compile("的([\u4e00-\u9fff]{2,8}?)(?:居|列|排|位|领|稳|名列|夺|拔|$)")
_AMONG = re.compile("[里中内]?(?:为.*|[已现共也]?有|(?:累计|共)?(?:实现|完成).*)?$")
_OCCASIONS = frozenset({"场", "场次", "次", "期"})  # 组织企业参加展会30场 counts no firms
_RECENT = 32  # as many statements of a sentence are looked back at
_GROWING = re.compile("(?:均|都|全部)?(?:实现|保持)(?:了)?(?:正|同比)?增长$")
_OF_PLACES = re.compile("^[县市区州盟旗]{1,3}")
_SUMS = frozenset({"CNY", "VISITS", "T", "KWH"})
_TOGETHER = re.compile("[两三四五六七八九]$|[县市区州盟旗地]{0,4}(?:合计|共计|总计|加起来)")
_RANKED_AREA = re.compile("[^，,。；;\\d\n]{0,4}[省市县区州国]")
_INVESTED = frozenset({"PROJECTS_SIGNED", "PROJECTS_STARTED", "PROJECTS_PRODUCING", "PROJECTS_OPERATING"})
_YIELDS = frozenset({"增产", "减产"})
_KINDS = frozenset({"大", "大类"})
_EMPLOYERS = ("企业", "单位", "公司")
_OF_PROJECTS = re.compile("(?:的|有|.*(?:项目|投资).*)?")
_FAIR = frozenset({"EMPLOYERS_RECRUITING", "JOBS_OFFERED", "JOB_SEEKERS"})
_PAIR = {"前者": 0, "后者": 1}


def subject_of(figure: Figure, context: Context, lexicon: Lexicon) -> tuple[Subject, str]:
    """The subject of a figure and the rule that found it: `named`, `event`, `counted` or `inherited`."""
    subject, rule = _subject_of(figure, context, lexicon)
    code, event = subject.code, context.happening or ""
    if code == "PROJECTS_MAJOR_INVESTMENT" and event in _INVESTED and subject.phrase.endswith("总投资"):
        return Subject(subject.phrase, (f"{event}_INVESTMENT",)), "event"  # 集中开工的315个重大项目总投资
    if code is None and figure.of_year:
        return Subject(subject.phrase, ("PROJECTS_MAJOR_INVESTMENT",)), rule  # 重点工程…，当年计划投资19亿元
    major = context.first is not None and (context.first.code or "").startswith("PROJECTS_MAJOR")
    if code is None and (major or figure.left.sized) and lexicon.patterns["done_on"].search(subject.phrase):
        return Subject(subject.phrase, ("PROJECTS_MAJOR_INVESTMENT",)), rule  # 其中产业项目累计完成投资811亿元
    if (code or "").startswith("CPI_") and context.first and context.first.code == "PPI":
        return Subject(subject.phrase), rule  # 生活资料中食品价格: of producers
    return subject, rule


def _subject_of(figure: Figure, context: Context, lexicon: Lexicon) -> tuple[Subject, str]:
    left, counted = figure.left, figure.q.unit in COUNTED or figure.q.unit is None
    if pointed := _pointed(figure, context, lexicon):
        return pointed
    fresh, listed = "new" in left.kinds(), "respectively" in left.kinds()
    if (context.topic or "").startswith("TRADE_") and left.phrase in _TRADE:
        return Subject(left.phrase, (context.topic or "",)), "named"  # 一般贸易占主导，进出口196.4亿元
    if not fresh and not listed and (known := _known(figure, context, lexicon, counted=counted)):
        return known, "named"
    if counted and (found := _counted(figure, context, lexicon)):
        return found
    if left.phrase:
        subject = _named(figure, context, lexicon)
        if not subject.codes and figure.counts and (event := find_happening(figure.counts, "COUNT", lexicon)):
            subject = find_subject(left.phrase, event, lexicon)
        if not subject.codes and (part := _part_of_event(figure, left.phrase, context, lexicon)):
            return part, "event"
        if left.sized and not (subject.code or "").startswith(("PROJECTS", "FAI")):
            return Subject(left.phrase), "named"  # 0—15岁人口: a part by size has no code of the whole
        return subject, "named"
    return _inherited(figure, context, lexicon)


def _known(figure: Figure, context: Context, lexicon: Lexicon, *, counted: bool) -> Subject | None:
    """The subject that the whole phrase before a figure names, if it is one with a code."""
    left = figure.left
    if not left.phrase or left.sized or _has_own_noun(figure):
        return None
    known = find_subject(left.phrase, context.family, lexicon)
    if known.code == "EMPLOYERS_RECRUITING" and figure.q.unit in ("PERSONS", "VISITS"):
        return None  # 用人单位和上万名毕业生
    if known.code and _is_main_again(figure, context):
        return context.main or known  # 城市居民人均可支配收入…。2005年人均可支配收入…
    of_event = counted and context.happening and known.code and not _counts(known.code, lexicon)
    return known if known.code and not of_event else None


def _counts(code: str, lexicon: Lexicon) -> bool:
    """Tell whether an indicator counts persons or things (战略性新兴产业43个 of projects signed is no output)."""
    return lexicon.indicators[code].unit in COUNTED if code in lexicon.indicators else False


def _pointed(figure: Figure, context: Context, lexicon: Lexicon) -> tuple[Subject, str] | None:
    """The subject where words only point at one before: 前者, a rank's scope, 数量."""
    left = figure.left
    if paired := _of_pair(left, context):
        return paired, "named"
    if with_it := _with_which(figure, context, lexicon):
        return with_it, "counted"
    if figure.q.unit == "RANK" and figure.q.written_unit == "大" and not _RANKED_AREA.match(figure.after):
        return Subject(left.phrase), "named"  # 第一大出口农产品: an order of things, of no indicator
    if figure.q.unit == "RANK" and (cue := left.last("rank")) and cue.entry.sign == 1:
        phrase = "".join(p.text for p in left.pieces if p.end <= cue.start).strip("、 ")
        named = next((w.text for w in left.named if w.end <= cue.start), "")
        return _ranked(phrase, named, context, lexicon)
    if figure.q.unit == "RANK" and _ranks_beside(figure, context, lexicon):
        return context.subject, "inherited"
    return (context.subject, "inherited") if _goes_on(figure, context, lexicon) else None


def _with_which(figure: Figure, context: Context, lexicon: Lexicon) -> Subject | None:
    """What is named behind the amount with which something ranks (以103.4万人次的接待量居全州第1位)."""
    behind = _WITH.match(figure.noun) if figure.before.endswith("以") else None
    known = find_subject(behind[1], context.family, lexicon) if behind else None
    return known if known and known.codes else None


def _ranks_beside(figure: Figure, context: Context, lexicon: Lexicon) -> bool:
    """Tell whether only where something ranks stands between two ranks (居全省第三、珠三角第一)."""
    last, left = context.last, figure.left
    if last is None or last.measure != "RANK" or not left.has_list_mark or left.cues:
        return False
    return not find_subject(left.phrase, context.family, lexicon).codes


def _inherited(figure: Figure, context: Context, lexicon: Lexicon) -> tuple[Subject, str]:
    """The subject where none stands before a figure: what a verb of change is said of, the headline's, the last."""
    left = figure.left
    changed = "".join(left.objects).strip("、")
    if not left.phrase and len(changed) > 1 and (figure.q.unit in _AMOUNTS or not figure.noun):
        return find_subject(changed, context.family, lexicon), "named"  # 减少贫困人口1.98万人
    opens = context.figures == 1 and not context.subject.phrase
    if context.headline and opens and left.kinds() & {"growth_noun", "fall_noun"}:
        return context.headline, "headline"
    if paired := _costs(figure, context):
        return paired, "event"
    told = context.told()
    goes_on = any(bond.unit == figure.q.unit for bond in context.stated[-_RECENT:])
    if not context.subject.codes and told and not goes_on and _tells_of_place(figure, told, context, lexicon):
        return told, "headline"  # 9个县区实现正增长，沁源、襄垣分别增长9.8%和7.3%
    return context.subject, "inherited"


def _costs(figure: Figure, context: Context) -> Subject | None:
    """What a sum right behind a count of an event's projects is: their investment (邵东市9个、68.5亿元)."""
    left, last = figure.left, context.last
    bare = left.has_list_mark and left.end - left.start == 1 and figure.q.unit in ("CNY", "USD")
    if not bare or last is None or last.unit != "COUNT" or last.indicator not in _INVESTED:
        return None
    return Subject(last.subject.phrase, (f"{last.indicator}_INVESTMENT",))


def _tells_of_place(figure: Figure, told: Subject, context: Context, lexicon: Lexicon) -> bool:
    """Tell whether nothing but a place stands before a growth, or before an amount in the unit of what was `told`."""
    left = figure.left
    if left.phrase or not any(not side for _, side in left.places):
        return False
    indicator = lexicon.indicators.get(told.code or "")
    opens = context.last is None
    amount = opens and indicator is not None and indicator.unit == figure.q.unit and figure.q.unit in _SUMS
    return amount or bool(left.kinds() & {"up", "down", "respectively"})


def _of_pair(left: Stretch, context: Context) -> Subject | None:
    """What 前者 or 后者 points at: the first or second of the two amounts stated last."""
    cue = left.last("break")
    at = _PAIR.get(cue.text) if cue else None
    if at is None or (left.phrase and not left.last("rank")) or len(context.stated) < len(_PAIR):
        return None
    bond = context.stated[-2:][at]
    return Subject(bond.subject.phrase, (bond.indicator,) if bond.indicator else ())


def _ranked(phrase: str, named: str, context: Context, lexicon: Lexicon) -> tuple[Subject, str]:
    """What ranks: named before 居 or 排, else what is in force; behind it stand those among which it ranks."""
    known = find_subject(named, context.family, lexicon) if len(named) > _SHORTEST_NAME else Subject("")
    if known.codes and phrase.startswith(named):
        return known, "named"  # 高速公路里程在全省各市州中排第三
    among = phrase[-1:] in "中里内" or lexicon.patterns["rank_scope"].search(canonical(phrase))
    again = len(phrase) > 1 and context.subject.codes and context.subject.phrase.endswith(phrase)
    if again or among or lexicon.patterns["head_only"].fullmatch(phrase):
        return context.subject, "inherited"
    known = find_subject(phrase, context.family, lexicon)
    if not known.codes and "、" in phrase:
        every = split_list(phrase, phrase.count("、") + 1, context.family, lexicon) or []
        if every and all(each.code for each in every):  # 存、贷款余额均居全省第4位
            return Subject(phrase, tuple(each.code for each in every if each.code)), "named"
    return known, "named"


def _goes_on(figure: Figure, context: Context, lexicon: Lexicon) -> bool:
    """Tell whether the words before a figure only go on about the subject in force (数量居全省第二位)."""
    if figure.is_of_another and not _names_itself(figure, context, lexicon):
        return True
    if figure.q.unit == "PT" and lexicon.patterns["completion"].search(figure.before):
        return True
    phrase = canonical(figure.left.phrase)
    counted = not figure.first and "respectively" in figure.left.kinds()  # 互助、化隆、循化3县分别为31.25万…
    if (counted or figure.q.unit in ("PT", "PP")) and lexicon.patterns["places_among"].fullmatch(phrase):
        return True  # 4个县区增速低于5%
    if figure.q.unit == "RANK" and lexicon.patterns["rank_scope"].search(phrase):
        return True
    if lexicon.patterns["altogether"].fullmatch(phrase) or (
        "share" in figure.left.kinds() and _TOGETHER.match(phrase) is not None
    ):
        return True  # 三县市区合计占全市的比重达51.8%
    if any((context.family or "").startswith(after) for after, _ in lexicon.contexts.get(phrase, ())):
        return False  # 新增市场主体2.1万户，总量突破16万户
    only_head = lexicon.patterns["head_only"].fullmatch(figure.left.phrase) is not None
    return only_head and not (figure.q.unit in COUNTED and figure.noun)


def _names_itself(figure: Figure, context: Context, lexicon: Lexicon) -> bool:
    """Tell whether a multiple of another amount has its subject before it (人均生产总值仅相当于全省平均水平的四成)."""
    begins = figure.left.start + figure.before.find("相当于")
    own = any(word.end <= begins for word in figure.left.named)
    return own and bool(find_subject(figure.left.phrase, context.family, lexicon).codes)


def _has_own_noun(figure: Figure) -> bool:
    """Tell whether what stands before is the noun of the figure before (252项服务事项65个应用)."""
    left = figure.left
    return bool(figure.noun) and not (figure.first or left.has_list_mark or left.sized or left.cues or left.places)


def _counted(figure: Figure, context: Context, lexicon: Lexicon) -> tuple[Subject, str] | None:
    """What a counted figure counts: an event's figure, or the noun behind it."""
    noun, left = figure.noun, figure.left
    before = figure.before[figure.before.rfind("、") + 1 :] if noun else figure.before
    if _has_own_noun(figure):
        before = ""
    if figure.before.endswith("以") and _WITH.match(noun):
        return None
    if figure.q.unit is None and lexicon.patterns["populace"].match(noun):
        return Subject(noun, ("POPULATION_TOTAL",)), "counted"  # 四百多万宜昌人民
    if event := _event_figure(figure, before, context, lexicon):
        return event, "event"
    if part := _part_of_event(figure, noun or left.phrase, context, lexicon):
        return part, "event"
    if not noun or left.phrase.endswith(noun):
        return None
    return _of_noun(figure, context, lexicon), "counted"


def _event_figure(figure: Figure, before: str, context: Context, lexicon: Lexicon) -> Subject | None:
    """The figure of an event that the words around a count tell of; None where they tell of none."""
    noun, after = figure.noun, figure.after
    if figure.q.written_unit in _KINDS:
        return None
    if figure.followed:  # what stands behind a list mark is the next figure's: 县内企业83家、岗位4150个
        after = lexicon.patterns["next_event"].sub("", after.partition("、")[0])
    code = None if figure.q.written_unit in _OCCASIONS else find_happening(before + after, figure.q.unit, lexicon)
    if code == "JOBS_OFFERED" and (tail := _NEXT_JOBS.search(after)) and not figure.is_last:
        offers = after[: tail.start()].removesuffix("在线")
        if offers.endswith(_EMPLOYERS):
            return Subject(offers, ("EMPLOYERS_RECRUITING",))  # 73家工业企业拿出岗位1850个
        code = find_happening(before + offers, figure.q.unit, lexicon)  # 三个分会场分别提供岗位1260个
    if code is None and (context.family or "").startswith("PROJECTS") and figure.q.written_unit != "次":
        done = noun[:8] if noun else before[-2:]
        if _DONE.match(done) or (done == "签约" and not noun):
            code = find_happening(done + "项目", figure.q.unit, lexicon)  # 签约的41个项目中，已有27个开工建设
            noun = noun or "项目"
    told = noun or lexicon.patterns["counted_object"].search(before)
    return Subject(noun or figure.left.phrase, (code,)) if code and told else None


def _of_noun(figure: Figure, context: Context, lexicon: Lexicon) -> Subject:
    """What the noun behind a figure names."""
    noun, left = figure.noun, figure.left
    if "new" in left.kinds():
        return _newly(noun, context, lexicon)
    if figure.q.unit == "VISITS" and (known := find_subject(noun, context.family, lexicon)).code:
        return known  # 共吸引2087万人次海内外旅游者
    if (growing := _GROWING.search(noun)) and (
        known := find_subject(_OF_PLACES.sub("", noun[: growing.start()]), None, lexicon)
    ).codes:
        return known  # 12个县区中9个规上工业增加值实现正增长
    among = _AMONG.sub("", noun)  # 111户规上企业里, 1214家规上工业企业已有1189家复工
    return Subject(left.phrase + noun) if left.phrase else find_subject(among, context.family, lexicon)


def _part_of_event(figure: Figure, words: str, context: Context, lexicon: Lexicon) -> Subject | None:
    """A part of the event in force takes its code (其中数字经济项目9个、总投资78.5亿元)."""
    event = context.happening
    if event in _FAIR and figure.q.unit == "COUNT" and words.endswith(_EMPLOYERS[:2]):
        return Subject(words, ("EMPLOYERS_RECRUITING",))  # 其中县内企业89家
    wanted = any(bond.indicator == "JOBS_OFFERED" and bond.unit == "PERSONS" for bond in context.stated[-_RECENT:])
    if wanted and figure.q.unit == "PERSONS" and words.endswith(("毕业生", "专生", "科生")):
        return Subject(words, ("JOBS_OFFERED",))  # 需求硕士1399人；本科毕业生16277人
    if event is None or not event.startswith("PROJECTS") or figure.q.written_unit in _KINDS:
        return None
    if lexicon.patterns["own_event"].search(figure.before):
        return None
    kind = lexicon.patterns["class_of_projects"].search(figure.left.phrase)
    subject = find_subject(figure.left.phrase[kind.end() if kind else 0 :], event, lexicon)
    if figure.q.unit == "COUNT" and not (subject.code or "").startswith("PROJECTS"):
        said = (words, figure.left.phrase) if figure.left.phrase or not words else (words,)
        rest = lexicon.patterns["rest_of_event"].search(figure.before)
        part = rest or any(lexicon.patterns["part_of_event"].search(text) for text in said)
        sized = figure.left.sized and not figure.noun and _OF_PROJECTS.fullmatch(figure.left.phrase) is not None
        return Subject(words, (event,)) if part or sized else None
    return subject if (subject.code or "").startswith("PROJECTS") else None


def _named(figure: Figure, context: Context, lexicon: Lexicon) -> Subject:
    """The subject named before a figure; of coordinated ones without 分别 the last."""
    left = figure.left
    last = left.phrase if "respectively" in left.kinds() and "、" in left.phrase else left.phrase.split("、")[-1]
    if "new" in left.kinds():
        return _newly(last, context, lexicon)
    if "each" in left.kinds() and last != left.phrase:
        every = split_list(left.phrase, left.phrase.count("、") + 1, context.family, lexicon) or []
        if codes := tuple(s.code for s in every if s.code):
            return Subject(left.phrase, codes)  # PM2.5、PM10均上升: one figure for each
    if context.listing and "respectively" in left.kinds() and not left.places and last == left.phrase:
        return Subject(left.phrase)  # 灯具、船舶出口拉动作用强劲，分别出口97.8亿元、87.2亿元
    subject = find_subject(left.phrase, context.family, lexicon)
    if not subject.codes and _is_main_again(figure, context):
        return context.main or subject
    if not subject.codes and left.parted:
        subject = find_subject(left.parted, context.family, lexicon)  # 粮食全年总产量
    if not subject.codes and (yields := left.last("up", "down")) and yields.text in _YIELDS:
        subject = find_subject(f"{left.phrase}产量", context.family, lexicon)  # 粮食增产42.2亿斤
    if not subject.codes and left.phrase.endswith("投资") and lexicon.patterns["major_projects"].search(left.phrase):
        return Subject(left.phrase, ("PROJECTS_MAJOR_INVESTMENT",))
    return subject if subject.codes or last == left.phrase else find_subject(last, context.family, lexicon)


def _is_main_again(figure: Figure, context: Context) -> bool:
    """Tell whether a sentence begins with a time and the end of the name of its paragraph's subject (6月份收入…)."""
    main, phrase, clause = context.main, figure.left.phrase, figure.clause
    begins = figure.first and clause.opens_sentence and bool(figure.left.times) and not figure.left.places
    return begins and main is not None and len(phrase) >= _SHORTEST_NAME and main.phrase.endswith(phrase)


def _newly(name: str, context: Context, lexicon: Lexicon) -> Subject:
    """新增 with a name of its own in the lexicon, else what is added to."""
    fresh = find_subject("新增" + name, context.family, lexicon)
    return fresh if fresh.codes else find_subject(name, context.family, lexicon)


def family_after(subject: Subject, before: str | None, lexicon: Lexicon) -> str | None:
    """What is in force after a subject without a code: its kind of thing, so that sector names are not misread."""
    if lexicon.patterns["major_projects"].search(subject.phrase):
        return "PROJECTS_MAJOR"
    if kind := lexicon.patterns["kind_of_thing"].search(subject.phrase):
        return f"?{kind[0]}"
    sector = subject.phrase.endswith("业")
    return before if sector or before is None or not before.endswith(("STOCK", "SLAUGHTER")) else None

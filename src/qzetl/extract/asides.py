"""Asides: the time words that put no period in force, or only for a sentence (OBSERVATION.md 2, Period).

A time governs unless it is a base (比2019年同期), part of an event's name, or said of the next figure alone.
"""

from __future__ import annotations

import re

from qzetl.extract.context import Context
from qzetl.extract.frame import ahead, behind
from qzetl.extract.lexicon import Lexicon
from qzetl.extract.periods import Period
from qzetl.extract.times import TimeWord

__all__ = ["BASE_BEFORE", "TURNED", "Asides"]

BASE_BEFORE = re.compile(
    r"(?:高于|低于|不到|不足|不及|超过|好于|快于|慢于|多于|少于|优于|比|较|与|(?<![大会])同|相比|由|从|由原来|是|为|恢复至|恢复到|相当于)$"
)
_OF_NEXT = re.compile(
    r"(?!\d+个大中城市)(?!(?:\d{1,2}|[两三四五六七八九十])年[间来里])(?:同期|末|底|年末)?的?(?=[\d一二两三四五六七八九十百千万亿])(?!三次产业|[一二三]产|[两三四五六七八九十]大)(?!一[早晚带直起路些同并律天般致定向贯]|\d{1,2}[时点:：∶])"
)
# 从蓬勃发展的工业，到去年火爆的文旅业
_FROM_TO = re.compile(r"从[^。；\d\n]{2,22}到$")
_AVERAGED = re.compile(r"(?:期间|时期)?[，,]?(?:年均|累计|平均)")
_UP_TO = ("截至", "截止")
_PLANS_OF = ("预算", "计划", "目标", "任务")
_STILL = re.compile(r"(?:还|仍|则|只|仅|才)")
_AGAIN = re.compile(r"第|首[批次届场轮]|又一|新一")
_SPANS = ("months", "front", "quarters")
_IN_DAYS = re.compile(r"的?\d{1,4}(?:天|日|个月)[里内间中]|(?:\d|[两三四五六七八九十])天(?![前后])")
_SEEN = re.compile(r"[^，,。；;\d\n]{0,8}?来?看")
_GROUND = re.compile(r"[^，,。；;\d\n]{0,8}?的?基础上")
_BASIS = re.compile(r"(?:同期)?[^，,。；;\d\n]{0,16}?(?:基数|走势|翘尾)")  # 去年基数的影响, 上年“前低后高”走势
_RECORD = re.compile(  # 规模创今年以来新高
    r"(?:以来)?的?(?:历史)?(?:同期|单月|单季)?(?:新高|新低)|(?<=年)(?:以)?来首次|(?<=以来)首次|(?:(?<=以来)|(?<=以来同期))的?(?:历史)?(?:同期|单月|单季)?最[高低好大小多少快慢优差]"
)
TURNED = re.compile(
    r"[^，,。；;\n]{1,14}的(?:局面|势头|颓势)|(?:的)?(?:涨势|跌势|势头|态势|增势|颓势|升势|降势)"
)  # 扭转了上年下降19.6%的局面
_DATES_NOTHING = re.compile("|".join(told.pattern for told in (TURNED, _BASIS, _RECORD)))
_SUFFERED = re.compile(r"[^，,。；;\n]{0,14}影响")
_AT_MEETING = re.compile(r"在[^，,。；;\n]{4,36}(?:会议|大会)上")  # ——2023年1月8日在…人民代表大会第二次会议上
_YEAR_OF_PLAN = re.compile(
    r"的?(?:良好|精彩|圆满|高质量|顺利)*(?:的)?(?:开局|收官|开篇|起步|首战|首年|开门红|第[一二三四五]年|最后一年|关键之?年|攻坚|中期|开端)|(?:规划)?(?:确定|提出|制定|部署)的|(?:各项|主要)?(?:目标|任务)"
)
_PLANS_YEARS = re.compile("[”》]?(?:期|时期|实施|以来|启动|执行|末|中期)")
_SHARE_OF_YEAR = re.compile(r"[^，,。；;\d\n]{0,8}的[\d.]+%")
_ONE_OF_DAYS = re.compile("的?(?:第[一二三四五六七八]天|首日|最后一天)")
_TIMES_OF = re.compile(
    r"(?:同期|末|底)?的[近约]?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,3}(?:点[一二三四五六七八九])?)[多余]?倍"
)
_WORTH = re.compile(r"(?:相当于|等于)[^，,。；;\d\n]{0,8}$")
_OF_AIM = re.compile(r"[^，,。；;？?！\d\n]{0,8}[\d.]{1,6}+[^，,。；;？?！\n]{0,6}的(?:任务|目标|计划)")
_IS_STANDARD = re.compile(r"(?:零时|0时|24时)?(?:为|作为)(?:普查|调查|统计)?的?(?:标准)?时[点间]")
_STANDARD_IS = re.compile(r"(?:标准|普查)时[点间](?:为|是|[（(：:])*$")
_FULFILLED = re.compile(r"完成[^，,。；;\n]{0,10}$")
_CENSUS_SAYS = re.compile("(?:主要)?(?:数据|结果|公报|显示|时|[，,])")
_LONGEST_NUMBERED = 8
_STAMP = re.compile(r"(?:发布|更新|发表|印发|成文)(?:日期|时间)[：:| ]*$")
_GOES_ON = re.compile(r"(?:持续|延续|保持|连续|改变|扭转)$")


class Asides:
    """Tells which time words of one text govern."""

    def __init__(self, s: str, lexicon: Lexicon, context: Context) -> None:
        """Take the normalised text and what is in force."""
        self._s = s
        self._patterns = lexicon.patterns
        self._numbered = lexicon.numbered
        self._c = context

    def is_aside(self, time: TimeWord) -> bool:
        """Tell whether a time word governs nothing: a base, an event's own year, or said of the next figure alone."""
        if "plan_again" in time.groups:
            return False
        if time.is_stretch or time.is_average or time.period is None or self._is_named_alone(time):
            return True
        if "since" in time.groups and _GOES_ON.search(ahead(self._s, time.start, 4)) is None:
            return _RECORD.match(self._s, time.end) is not None
        before = ahead(self._s, time.start, 4)
        if before.endswith("从") and _SEEN.match(self._s, time.end):
            return False  # 从前三季度看
        if self.is_base(time, before) or self._announces(time):
            return True
        if self._is_of_plan(time, before) or self._patterns["made"].match(self._s, time.end):
            return True  # 2008年7月纳入园区管辖范围的工业城占地…
        if before.endswith(_UP_TO) and self._is_holidays_day(time.period):
            return True
        if "holiday" in time.groups and (self.is_in_holiday(time) or self._names_day_again(time)):
            return True
        if _DATES_NOTHING.match(self._s, time.end) or self._is_cause(time, before):
            return True
        return self._is_of_next(time, before) or (time.is_since and _GOES_ON.search(before) is not None)

    def _is_named_alone(self, time: TimeWord) -> bool:
        """Tell whether a plan or a census is named and nothing of its time told (实现“十四五”良好开局).

        A year right before a census (2010年第六次人口普查时) is what the text dates by.
        """
        if "census" in time.groups:
            dated = ahead(self._s, time.start, 1) == "年"
            return dated or _CENSUS_SAYS.match(self._s, time.end) is None
        if "plan" not in time.groups:
            return False
        if self._s.endswith("规划", time.start, time.end) and _PLANS_YEARS.match(self._s, time.end) is None:
            return True  # “十三五”规划主要指标进度符合预期
        return _YEAR_OF_PLAN.match(self._s, time.end) is not None

    def _is_cause(self, time: TimeWord, before: str) -> bool:
        """Tell whether it only dates a cause (受9月下旬本土疫情影响), or what a coming year begins with."""
        if "coming" in time.groups and before[-1:] not in ("", "\n", "，", ",", "。", "；"):
            return True  # 拉开新一年项目建设的大幕
        if before.endswith("因") and not before.endswith("原因"):
            return True  # 因4月初霜冻减产两成
        return before.endswith("受") and _SUFFERED.match(self._s, time.end) is not None

    def _is_of_plan(self, time: TimeWord, before: str) -> bool:
        """Tell whether it is a plan's or budget's own time: 年初预算, 超额完成一季度目标任务."""
        if "plan" in time.groups and _FULFILLED.search(ahead(self._s, time.start, 14)):
            return True  # 超额完成“十三五”规划770万吨的目标任务
        if "whole" in time.groups and before.endswith("完成") and _SHARE_OF_YEAR.match(self._s, time.end):
            return True  # 完成全年支出的67.5%
        any_plan = before.endswith("完成") or self._s.endswith("初", 0, time.end)
        return self._s.startswith(_PLANS_OF if any_plan else _PLANS_OF[:1], time.end)

    def is_base(self, time: TimeWord, before: str) -> bool:
        """Tell whether others are compared with it (比2019年同期, 在上年高位增长的基础上, 从去年到今年)."""
        spans = time.ends is not None or time.has("md", "span_years", *_SPANS)
        if spans and before.endswith(("从", "自")):
            return False  # 从2月22日到3月5日
        if _WORTH.search(ahead(self._s, time.start, 12)) is not None:
            return True  # 相当于该县2011年生产总值的三倍
        if _TIMES_OF.match(self._s, time.end) is not None:
            return True  # 到2015年，总量达到2010年的2.1倍
        if before.endswith("原因是"):
            return False  # 主要原因是三季度手机出口增长140.9%
        if BASE_BEFORE.search(before) and not (before[-1:] in "是为" and time.has("same", "whole")):
            return not self.is_declared(time)
        from_to = before.endswith("到") and _FROM_TO.search(ahead(self._s, time.start, 24)) is not None
        return from_to or _GROUND.match(self._s, time.end) is not None

    def _is_of_next(self, time: TimeWord, before: str) -> bool:
        """Tell whether it is said of what follows alone: the next figure, or an event's name."""
        if _IN_DAYS.match(self._s, time.end):
            return False  # 11月份20天里
        # 国庆节期间三个景区…, 1—8月85个项目…
        lasts = self._s.endswith("期间", time.start, time.end) or time.has(*_SPANS)
        if self._tells_year_again(time):
            return True
        next_is = not lasts and _OF_NEXT.match(behind(self._s, time.end, 4)) and not before.endswith(("至", "到"))
        if next_is and not self._is_before_name(time):
            return True
        names = time.is_plain_year or self._c.is_on_a_day()
        return names and self._patterns["event"].match(self._s, time.end) is not None

    def _is_before_name(self, time: TimeWord) -> bool:
        """Tell whether a name that begins with a numeral stands behind it (今年四川, 去年三亚), no number."""
        return any(self._s[time.end : time.end + n] in self._numbered for n in range(2, _LONGEST_NUMBERED))

    def _tells_year_again(self, time: TimeWord) -> bool:
        """Tell whether a year only says again when a day in its sentence is (9月27日，今年第三批项目集中开工)."""
        c, now = self._c, self._c.period
        again = time.is_plain_year and c.dated and c.is_on_a_day() and _AGAIN.match(self._s, time.end)
        if not again or now is None or time.period is None:
            return False
        return now.begins_in(time.period)

    def _announces(self, time: TimeWord) -> bool:
        """Tell whether a day only dates the announcement (5月8日，记者从省旅游局获悉)."""
        if _STAMP.search(ahead(self._s, time.start, 12)):
            return True  # 发布日期：2016年03月19日
        if time.period is None or not time.period.is_day():
            return False
        told = self._patterns["announced"].match(self._s, time.end) or _AT_MEETING.match(self._s, time.end)
        return told is not None

    def is_declared(self, time: TimeWord) -> bool:
        """Tell whether it is declared to be the time of all figures (以2010年11月1日零时为标准时点)."""
        ahead_of = _STANDARD_IS.search(ahead(self._s, time.start, 8))
        return ahead_of is not None or _IS_STANDARD.match(self._s, time.end) is not None

    def is_visit(self, time: TimeWord) -> bool:
        """Tell whether a day is that of a reporter's visit: it dates what is told there, and is no lead's."""
        return self._patterns["visited"].match(self._s, time.end) is not None

    def passes(self, time: TimeWord, period: Period) -> bool:
        """Tell whether a period gives way to the one before it when its sentence ends.

        So does one behind 其中 or 由于, a day inside the holiday in force, a plan's years said of an average alone.
        """
        before = ahead(self._s, time.start, 3).rstrip(",，:：")
        if time.groups.get("now", "目前") not in ("目前", "当前"):
            return True  # 如今, 现在: said of what stands beside it
        if before.endswith(("其中", "由于", "因", "受")):
            return True
        if before.endswith(("至", "到")) and self._s[time.end : time.end + 1] == "的":
            return True
        if period.first.year < period.last.year and self._c.period and _AVERAGED.match(self._s, time.end):
            return True
        now = self._c.period
        earlier = now is not None and period.first < now.first
        if earlier and ("same" in time.groups or ("relative" in time.groups and _STILL.match(self._s, time.end))):
            return True  # 开行12列，去年同期仅5列; 上年还是下降5.3%
        if period.is_day() and (before.endswith(("（", "(")) or self._patterns["peak"].match(self._s, time.end)):
            return True  # 人最多的一天（10月4日）, 8月3日全网最大负荷
        if self._is_shorter_run(period):
            return True  # 增长1.2%，而1—10月为下降3.9%
        if ("holiday" in time.groups or period.is_day()) and self._is_within_told(period):
            return True  # 前6个月接待387万人次，“五一”假期首日突破9万人次
        if _OF_AIM.match(self._s, time.end):
            return True  # 距离全年下降3.2%的任务
        return self._is_holidays_day(period)

    def _is_shorter_run(self, period: Period) -> bool:
        """Tell whether it is a shorter run from the same month, told beside the longer one of the figure before."""
        now, last = self._c.period, self._c.last
        if now is None or last is None or last.period != now or not period.is_months():
            return False
        return now.first == period.first and period.last < now.last

    def _is_within_told(self, period: Period) -> bool:
        """Tell whether a longer period holds it, of which the figure before it in its statement was told."""
        now, last = self._c.period, self._c.last
        if now is None or last is None or last.period != now or now == period:
            return False
        return now.first <= period.first and period.last <= now.last

    def is_in_holiday(self, token: TimeWord) -> bool:
        """Tell whether a holiday of one day is named with the longer one in force (国庆中秋假期)."""
        longer, period = self._c.holiday, token.period
        if longer is None or period is None or not period.is_day():
            return False
        return not longer.is_day() and period.begins_in(longer)

    def _names_day_again(self, time: TimeWord) -> bool:
        """Tell whether it only says which of a holiday's days the one in force is (2月10日，春节假期第一天)."""
        now, period = self._c.period, time.period
        if now is None or period is None or not now.is_day() or _ONE_OF_DAYS.match(self._s, time.end) is None:
            return False
        return now.begins_in(period)

    def _is_holidays_day(self, period: Period) -> bool:
        holiday, now = self._c.holiday, self._c.period
        if holiday is None or now is None or not (period.is_day() or (period != holiday and not period.is_months())):
            return False
        return period.begins_in(holiday) and now.begins_in(holiday)

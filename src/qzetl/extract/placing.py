"""Placing: which area is in force, and which a figure takes (OBSERVATION.md 2, Area).

A place governs unless it is a scope (居全省第2位), another area compared with, or part of a body's or a sight's name.
"""

from __future__ import annotations

import re

from qzetl.extract.context import Context
from qzetl.extract.figure import Figure
from qzetl.extract.frame import ahead, behind
from qzetl.extract.lexicon import Entry, Lexicon
from qzetl.extract.lists import places_listed
from qzetl.extract.places import NATION, Gazetteer, is_body
from qzetl.extract.scan import Word
from qzetl.extract.stretch import Stretch

__all__ = ["Placing"]

_AWAY = re.compile(
    r"(?:紧盯|瞄准|对接|面向|毗邻|相邻|[东西南北]邻|[东西南北]接|[东西南北]连|[东西南北]靠|[东西南北]望|接壤|由|至|往|到|临|距|自|对|赴|抵|连|通|与|离|向|遍布|辐射|通达|来自|含|除|包括)$"
)
# 衢州至杭州高铁, 自治区、市级重大项目, 鄂尔多斯市援建项目
_IS = ("是", "成为", "作为", "位于", "地处", "坐落于", "坐落在")
_BEYOND = re.compile(
    r"[至到]|市?列|(?:、[省市县区]{1,2})?级|援建|援疆|对口|帮扶|客商|商会|籍|方向|客源|(?:著名|驰名|知名)商标|名牌|老字号|非物质文化遗产|重点文物"
)
_OWN_ZONES = re.compile(
    r"(?:没有|[全各我，,。；;、\n][县市省]|^[县市省])$"
)  # 县工业园区产值: of all that the county has
_SPEAKS = re.compile(r"(?:的?(?:最新)?(?:统计|数据|监测|测算|介绍|消息)|获悉|了解|透露|发布|公布)")
_FROM = re.compile(r"[从自由]$")
_FIRM = re.compile(r"[\u4e00-\u9fff]{2,14}?(?<!的)(?:公司|集团)")
_MAJOR = re.compile(r"重[大点](?:建设)?(?:项目|工程)")
_STANDS_IN = ("落在", "落户", "落户在", "选址", "选址在", "布局在")
_ITSELF, _OPENS = frozenset({"公司", "集团", "合作社"}), ("", "，", ",", "。", "；", "“", "：")
_MOST = re.compile(r"[^，,。；;的\d\n]{0,4}最[大多高早长好优快]")
_FIRM_SAYS = re.compile(r"(?:说|介绍|表示|坦言|告诉记者|透露|。“|，“|\n“)[，,：:]?“?$")
_FIRM_DOES = re.compile(
    r"(?:企业|厂里|厂子|我们厂|我们公司|我们企业)(?=[今去前明当本已现投每]|目前|年[产销]|产品|出口|的产品|销售|订单|营收)"
)
_BODY_OF_ZONE = re.compile(r"(?:管委会|党工委|招商|今年|去年|目前|已|将|先后)")
_COUNTED_BY = frozenset("家名位个批")
_THOSE = re.compile("籍?(?:企业|单位|客商|游客|公司|商户|专家|医生|教师|队员|志愿者)")
_HELD = re.compile("(?:隆重|成功|如期)?(?:举行|召开|举办|开幕|亮相)")
_VISITS = re.compile(r"(?:来到|走进|走访|赶到|赶赴|深入|探访)[^，,。；;\d\n]{0,8}$")  # 记者来到重灾区大姚县
_TITLE = re.compile(r"[\u4e00-\u9fff]{2,10}”")
_MEAN = re.compile("(?:同期)?的?(?:平均|人均)(?:水平|数|值)?的")
_ONE_OF = re.compile(r"一[县市区地州家]")
_COMPARED = frozenset({"higher", "lower", "than", "share", "contribution", "recover"})
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z·]{2}$")
_OF_ZONES = re.compile(
    r"“|建设|发展|改造|提升|[^，,。；;\n]{0,6}负责人|[^，,。；;\n]{0,8}(?:举行|召开|举办|开幕)|的(?![^，,。；;\n]{0,12}(?:企业|公司)[\d共有])"
)
_IN_ZONE = re.compile(
    r"(?:落户|入驻|落地|走进|来到|选址|依托|地处|位于|处于|(?<![可所得足予给加])以)[^，,。；;\n]{0,8}$"
)  # 落户福泉双龙工业园区的项目
_REGION = Entry("place", 1, ("REGION",))
_INSIDE = ("区内", "园内")
_RANKS = ("第", "前", "后")
_NO_NAME = frozenset(("", *"的，,。；、：:（( 是有达共"))
_REACHES = frozenset("为是到达于")
_SCOPE_GAP = 3
_LONGEST_NAME = 8
_LONGEST_RANKED = 16  # letters from where something ranks to its rank: 全省民营经济考核第三名


class Placing:
    """Keeps a context's area in step with the text."""

    def __init__(self, s: str, lexicon: Lexicon, gazetteer: Gazetteer, context: Context) -> None:
        """Take the normalised text and what its places are resolved with."""
        self._s = s
        self._patterns = lexicon.patterns
        self._gazetteer = gazetteer
        self._c = context

    def govern(self, left: Stretch) -> None:
        """Put the governing place of a stretch in force."""
        c = self._c
        if c.distances and left.has_list_mark:
            return  # 集宁区距北京320公里、呼和浩特130公里
        if self._goes_on_comparing(left) or self._lists_places(left) or (c.comparing and not left.phrase):
            return
        self._name_entity(left)
        if left.places:
            self._govern_places(left)

    def _lists_places(self, left: Stretch) -> bool:
        """Tell whether it names several places, none of which rules alone; a sight (恒山、悬空寺) is no place."""
        if not left.has_list_mark:
            return False
        named = [w for w, side in left.places if not side]
        known = [w for w in named if w.entry.kind == "zone" or self._gazetteer.may_mean(w.entry, self._c.area)]
        return len(known) > 1

    def _govern_places(self, left: Stretch) -> None:
        among = "其中" in ahead(self._s, left.start, 3) + behind(self._s, left.start, 2)
        away = -1
        for word, side in left.places:
            if (
                word.start == away
                or self._is_away(word, left)
                or self._is_object(word, left)
                or self._is_of_rank(word, left)
            ):
                away = word.end
            elif side in _COMPARED or self._is_scope(word, left) or self._is_counted_zone(word, left):
                continue
            elif not self._is_source(word, left):
                one = _ONE_OF.match(self._s, word.end) is not None  # 和静一县的羊就有118万只
                passing = among or self._c.among or one or self._names_entity(word, left)
                self._govern_area(word, left, passing=passing)

    def _is_source(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place elsewhere only says whence a share comes (省外游客中京津冀占四成)."""
        makes = (c for c in left.cues if c.entry.kind in ("share", "contribution"))
        if not any(0 <= c.start - word.end <= _SCOPE_GAP for c in makes):
            return False
        return not self._is_within(word)

    def _is_within(self, word: Word) -> bool:
        """Tell whether a place lies in the article's own area."""
        code = None if word.entry.kind == "zone" else self._gazetteer.resolve(word.entry, self._c.area)
        return bool(self._c.home and code and code.startswith(self._c.home.rstrip("0")))

    def _name_entity(self, left: Stretch) -> None:
        """Tell whether what follows is of one firm, sight or village: the last thing named is one, not a place."""
        place = max([w.start for w, side in left.places if not side] or [-1])
        if any(w.start > place and self._is_single(w) for w in left.entities):
            self._c.entity = True
            self._c.tell_of_firm()
        elif place >= 0:
            self._c.entity = False
        elif _FIRM_DOES.match(self._s, left.start) and _FIRM_SAYS.search(ahead(self._s, left.start, 8)):
            self._c.entity = True  # …港商说，企业今年前8个月出口1.3亿美元

    def _is_single(self, word: Word) -> bool:
        """Tell a proper name (太阳岛风景区) from a kind of things (全市重点景区, 3个景区, 上市公司)."""
        before = ahead(self._s, word.start, 4)
        if _SPEAKS.match(self._s, word.end):
            return False  # 据国网供电公司统计，1—11月全社会用电量…
        if before.endswith("该"):
            return True  # 该景区接待游客3.2万人次，门票收入350万元
        if word.text == "村":
            if self._s.startswith("集体", word.end):
                return False
            if before.endswith("全") or self._s.startswith("里", word.end):
                return True
        if word.text in _ITSELF and before[-1:] in _OPENS:
            return True  # …说，公司去年投入1.3亿元
        return _NAMED.search(before) is not None and self._patterns["kind_of_entity"].search(before) is None

    def _names_entity(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place's name begins that of a sight or firm (哈尔滨游乐园), which rules its statement only."""
        return any(
            0 <= e.start - word.end <= _LONGEST_NAME and e.text != "村" and self._is_single(e) for e in left.entities
        )

    def _govern_area(self, word: Word, left: Stretch, *, passing: bool) -> None:
        if word.entry.kind == "zone":
            if word.text in _INSIDE and not self._c.zone_told:
                return
            if self._c.of_zone and _BODY_OF_ZONE.match(self._s, word.end):
                self._rule_by_zone(passing=passing)  # 开发区管委会负责人表示，到2025年…
                return
            own = word.text.endswith(("园", "园区")) and _OWN_ZONES.search(ahead(self._s, word.start, 2))
            if (
                not own
                and (word.text == "市区" or not _OF_ZONES.match(self._s, word.end))
                and not _IN_ZONE.search(ahead(self._s, word.start, 12))
            ):  # 京津冀“名品汇”, 园区建设
                self._rule_by_zone(passing=passing or word.text.endswith("城区") or word.text == "市区")
        elif self._c.of_zone and word.entry.codes == ("REGION",) and not self._is_region():
            self._rule_by_zone(passing=passing)  # 株洲高新区…，全区实现收入
        elif (
            not is_body(self._s, word)
            and (code := self._gazetteer.resolve(word.entry, self._c.area) or self._of_siblings(word, left))
            and not self._is_in_firms_name(word, code)
        ):
            self._c.govern_area(code, passing=passing)

    def _is_region(self) -> bool:
        """Tell whether 全区 can be the article's own area: a district, or a part of an autonomous region."""
        return self._gazetteer.resolve(_REGION) is not None

    def _rule_by_zone(self, *, passing: bool) -> None:
        """Put a zone in force, which has no code: to its sentence's end, or that of the headline to the text's."""
        c = self._c
        c.govern_area(c.home if c.zone_is_home else None, passing=passing or not c.of_zone, whole_sentence=not passing)
        c.zone_told = True
        c.zone_rules = c.zone_rules or (c.of_zone and not passing)

    def _of_siblings(self, word: Word, left: Stretch) -> str | None:
        """The code of an everyday word that nothing but a figure stands behind, as behind the places before it."""
        return None if left.phrase else self._gazetteer.resolve_beside(word.entry, self._c.area)

    def _is_in_firms_name(self, word: Word, code: str) -> bool:
        """Tell whether a larger area or one elsewhere only begins a firm's name (安徽南都华拓新能源公司)."""
        home = (self._c.home or "").rstrip("0")
        if home and code.startswith(home):
            return False
        now = self._c.area or ""
        if now != self._c.home and now.startswith(code.rstrip("0")) and not word.text.endswith("省"):
            return True  # 在枝江市，湖北三宁化工投入2.3亿元
        return _FIRM.match(self._s, word.end) is not None

    def _is_of_nation(self, word: Word, left: Stretch) -> bool:
        """Tell whether 中国 is what something is of, and not the first word of a name."""
        behind_it = self._s[word.end : word.end + 1]
        return behind_it in _NO_NAME or any(named.start == word.end for named in left.named)

    def _is_away(self, word: Word, left: Stretch) -> bool:
        if word.text == "中国" and not self._is_of_nation(word, left):
            return True  # 中国朝鲜族民俗园, 中国动力谷
        before = ahead(self._s, word.start, 2)
        if _AWAY.search(before) is not None:
            return _VISITS.search(ahead(self._s, word.start, 12)) is None
        if before[-1:] == "在" and _HELD.match(self._s, word.end) and not self._is_within(word):
            return True  # 郴州推介会在深圳举行
        if before[-1:] in _COUNTED_BY and _THOSE.match(self._s, word.end) and not self._is_within(word):
            return True  # 48家广东企业带来1.1万个岗位
        own = word.entry.kind == "place" and not word.entry.codes[0].isdigit()
        if own and word.text == "省内":
            return True  # 省内务工98.4万人: a part of the article's own figure
        if own and _MAJOR.match(self._s, word.end):
            return True  # 9个自治区重点项目
        return _BEYOND.match(self._s, word.end) is not None

    def _is_counted_zone(self, word: Word, left: Stretch) -> bool:
        """Tell whether a kind of zone is what the figure behind it counts (现代农业示范区125个), no place.

        Behind places with figures of their own it is one of them (江山市7个，常山县2个，经开区5个).
        """
        beside = len(self._c.areas_told) > 1 and left.start == word.start
        named = self._s[word.end : word.end + 1].isdigit() and any(  # 横峰经济开发区100.88亿元
            w.end == word.start and w.entry.kind == "place" for w, _ in left.places
        )
        return word.entry.kind == "zone" and word.end == left.end and not (beside or named)

    def _is_object(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place is what a verb before it is about (引进鄞州产业合作项目), not where things are."""
        if (
            word.start not in left.inner
            or self._is_ranked(left)
            or (word.entry.sign == 1 and not word.entry.codes[0].isdigit())
        ):
            return False
        if ahead(self._s, word.start, 4).endswith(_STANDS_IN) or _VISITS.search(ahead(self._s, word.start, 12)):
            return False
        start = word.start
        for place, _ in reversed(left.places):
            start = place.start if place.end == start else start  # 被称为“煤都”的山西大同
        return self._s[start - 1] not in "的中，,家个名位是" and not any(
            c.start == word.end and c.text != "项目" for c in left.named
        )

    def _is_of_rank(self, word: Word, left: Stretch) -> bool:
        """Tell whether a larger area only says among what something counts (梨树县是全国粮食生产先进县)."""
        said = ahead(self._s, word.start, 4)
        if word.entry.kind != "place" or not said.endswith(_IS):
            return False
        if any(w.entry.kind == "zone" and 0 < word.start - w.end <= len(said) for w, _ in left.places):
            return True  # 开发区是我区经济发展的主战场
        return self._gazetteer.resolve(word.entry, self._c.area) in self._gazetteer.lineage[1:]

    def _goes_on_comparing(self, left: Stretch) -> bool:
        """Tell whether a list of distances goes on (快于全国5.1个百分点、全区2.3个百分点)."""
        last = self._c.last
        if self._is_ranked(left):
            return False
        return last is not None and last.measure in ("DIFF", "RANK", "SHARE") and not left.phrase and left.has_list_mark

    def _is_scope(self, word: Word, left: Stretch) -> bool:
        """Tell whether a place is where something ranks (居全省第2位), not where it is."""
        if any(c.entry.kind == "rank" and 0 <= word.start - c.end <= _SCOPE_GAP for c in left.cues):
            return True
        if any(c.start == word.end and c.text in ("排名", "位次", "排位") for c in left.cues):
            return True  # GDP全省排名上升4位
        before = ahead(self._s, word.start, 2)
        if before[-1:] == "“" and _TITLE.match(self._s, word.end):
            return True  # 12个“中国淘宝镇”和86个“中国淘宝村”
        if before[-1:] in _REACHES and _MEAN.match(self._s, word.end):
            return True  # 仅为全省平均水平的72%
        if before in ("领跑", "领先"):
            return True  # 研发投入强度连续四年领跑全省
        if self._s.startswith(("领先", "领跑", "前列", "首位"), word.end):
            return True  # 大气质量持续全省领先
        if _MOST.match(self._s, word.end) and before != "其中" and not self._is_within(word):
            return True  # 西部地区规模最大; but 其中湖北省产量最大，达63.16万吨
        if self._ranks_among(word, left):
            return True
        if self._patterns["ranked_in"].match(self._s, word.end):
            return True
        return left.end - word.end <= 1 and self._s.startswith(_RANKS, left.end) and not self._is_ranked(left)

    def _ranks_among(self, word: Word, left: Stretch) -> bool:
        """Tell whether a rank follows a stretch's last place, an area that holds the article's own (全省…第三名)."""
        if not self._s.startswith(_RANKS, left.end) or word is not left.places[-1][0] or self._is_ranked(left):
            return False
        if word.entry.kind == "zone" or left.end - word.end > _LONGEST_RANKED:
            return False
        return self._gazetteer.resolve(word.entry, self._c.area) in self._gazetteer.lineage[1:]

    def _is_ranked(self, left: Stretch) -> bool:
        """Tell whether a rank in brackets is that of the place before them: 还有杭州（第21位）、金华（第22位）."""
        bracket = left.end - 1
        opens = self._s.startswith(("(", "（"), bracket) and self._s.startswith(_RANKS, left.end)
        return opens and any(word.end == bracket for word, _ in left.places)

    def area_of(self, figure: Figure, rule: str, *, inherited: bool) -> str | None:
        """The area in force, but for another area's own figure; what ranks lies within where it ranks."""
        c, last = self._c, self._c.last
        if rule == "other-area":
            return self._place(figure.left)
        if self._is_of_listed(figure):
            return None
        if figure.q.unit == "RANK":
            return c.home if c.area == NATION else c.area
        if figure.counts_ranked:
            return self._place(figure.left) or self._gazetteer.whole_of(c.area or c.home, figure.noun)
        if self._is_of_several(figure) or self._goes_on_of_several(figure):
            return None
        told = c.area != c.last_area  # 其中湖北省产量最大，达63.16万吨
        if last is not None and inherited and not told and all(side for _, side in figure.left.places):
            return last.area
        return c.area

    def _is_of_listed(self, figure: Figure) -> bool:
        """Tell whether one figure is said of several places, which have no code together (三台县、涪城区均突破百亿)."""
        c = self._c
        places = places_listed(figure.left, c, self._gazetteer)
        cue = figure.left.last("rank")
        named = [w for w, _ in figure.left.places if cue is None or w.start < cue.start]
        rank = figure.q.unit == "RANK" and all("".join(w.entry.codes).isdigit() for w in named)
        if places and _FROM.search(ahead(self._s, figure.left.places[0][0].start, 1)):
            return False  # 从杭州、宁波等地赶来的42支救援队
        if places and (rank or "each" in figure.left.kinds() or self._patterns["and_others"].search(figure.before)):
            c.places = places
            return True
        return False

    def _is_of_several(self, figure: Figure) -> bool:
        """Tell whether a figure is said of every place, or of those listed before together."""
        c, patterns = self._c, self._patterns
        if patterns["each_place"].search(figure.before):
            return True
        if len(c.places) > 1 and "each" in figure.left.kinds() and not figure.left.places:
            return True  # 民和、互助两县收入均突破3亿元
        listed = {bond.area for bond in c.listed} | set(c.places)
        return len(listed) > 1 and patterns["altogether"].search(figure.before) is not None

    def _goes_on_of_several(self, figure: Figure) -> bool:
        """Tell whether a clause goes on about places counted together (西平、上蔡等5个县小麦亩产突破450公斤)."""
        c = self._c
        if figure.before.endswith("等") and figure.left.places and self._patterns["each_of_count"].match(figure.noun):
            c.several = figure.clause.start
            return False
        return c.several == figure.clause.start and not figure.left.places

    def scope_of(self, figure: Figure, measure: str) -> str | None:
        """For a rank, the area within which it ranks."""
        return self._place(figure.left) if measure == "RANK" and not self._is_ranked(figure.left) else None

    def reference_of(self, figure: Figure, measure: str) -> str | None:
        """For a distance the area compared with; for a change or a multiple the period compared with."""
        if measure == "DIFF":
            return self._listed_reference(figure.left)
        if measure in ("CHANGE", "GROWTH_BASE", "MULTIPLE") and self._c.base and self._c.base.period:
            return str(self._c.base.period)
        return None

    def _listed_reference(self, left: Stretch) -> str | None:
        """The area compared with; of several (分别高于全国、全省) each figure takes its own in order."""
        places = [self._gazetteer.resolve(w.entry, self._c.area) for w, _ in left.places if w.entry.kind == "place"]
        if len(places) > 1 and "respectively" in left.kinds():
            self._c.references = places[1:]
            return places[0]
        if not places and self._c.references:
            return self._c.references.pop(0)
        return places[-1] if places else None

    def _place(self, left: Stretch) -> str | None:
        """The code of the last place of a stretch."""
        words = [w for w, _ in left.places if w.entry.kind == "place"]
        return self._gazetteer.resolve(words[-1].entry, self._c.area) if words else None

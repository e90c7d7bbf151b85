"""The forms in which quantities are written, as one pattern (OBSERVATION.md 1).

Numerals, Arabic and Chinese, with magnitude, unit and what is written behind; ranks, tops, proportions, shares in
words, money and halves as they are spoken. Repetitions are bounded, so that a match costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["quantity_pattern"]

_DIGIT = "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖俩仨"
# 12 345人: GB/T 15835 sets off thousands by spaces too; they count where a word stands right behind.
_ARABIC = (
    r"(?:\d{1,3}+(?:(?:,\d{3}){1,6}(?!\d)(?:\.\d{1,12})?"
    r"|(?=[ ]\d{3})(?<![\d.,] \d)(?<![\d.,] \d\d)(?<![\d.,] \d\d\d)(?:[ ]\d{3}){1,4}(?:\.\d{1,12})?"
    r"(?=[ ]?[\u4e00-\u9fff%℃‰]))"
    r"|\d{1,18}+(?:\.\d{1,12})?|(?<![\d.])\.\d{1,12})"
    r"(?:[eE][+-]?\d{1,2}(?![A-Za-z\d]))?"
)
_THOUSAND = r"千(?![瓦克米伏卡赫比字升焦帕])"  # 万千瓦 is ten thousand kilowatts
_YI_SAID = r"个多?亿(?![元级吨斤千户人])"  # 1.5个亿; but 3个亿元项目
_MILLION = r"兆(?![瓦字比赫帕焦欧伏节])"
_HUNDRED = r"百(?!分点)"  # 1.3百分点 is points, not hundreds
_SCALE = rf"(?:[十万亿拾佰仟]|{_HUNDRED}|{_THOUSAND})"
# 两 ends no numeral but 一两 (one or two): behind a step it is a weight (两万两). A space is read over beside a step,
# where the layout has set the letters apart (一百 五 十).
_CHINESE = (
    rf"(?:[{_DIGIT}廿卅]|{_SCALE}|{_MILLION}|两(?=[百千万亿佰仟])|(?<![{_DIGIT}十百千万亿拾佰仟])两|(?<=一)两"
    rf"|(?<=[{_DIGIT}两十百千万亿])[ ](?={_SCALE})|(?<=[十百千万亿])[ ](?=[{_DIGIT}])){{1,24}}+"
    rf"(?:[ ]?点[ ]?(?:[{_DIGIT}]{{1,14}}|\d{{1,12}})[万亿]{{0,2}})?(?:{_YI_SAID})?"
)
_NUMBER = (
    rf"(?:{_ARABIC}(?:{_YI_SAID}|(?:[ ]?(?:[万亿]|{_HUNDRED})|十|[ ]?{_THOUSAND}){{1,4}}"
    rf"(?:零?{_ARABIC}[百千万]|零?\d{{1,4}}(?![\d.,年月日]))?)?|{_CHINESE})"
)
# True wherever a form but the plain one may begin: behind a numeral stands a letter of such a form, or there is none.
# Most quantities are plain, and this spares them the trial of all the others. No numeral is as long as the run.
_NUMERALS = rf"\d{_DIGIT}廿卅两十百千万亿拾佰仟兆"
_NOT_PLAIN = (
    rf"(?=[^{_NUMERALS}]|[{_NUMERALS},.+\-eE 点至到]{{1,120}}+"
    rf"(?:[又块角毛成折半×xX∶:：/米^KMG]|分[ ]?之|个半|[元圆][{_DIGIT}两\d]))"
)
_GAP = r"\x20?"  # where the layout may have set letters apart
_TO = r"(?:-|—|–|~|～|至|到|－|―)"
_BEHIND = r"(?:及?以上|及?以下|以内|之内|左右|上下|之多|出头|多(?!出|了|于|达|\d)|余|级及?以上|级(?!以上?|以下|以内))"
_NOUNS = r"(?=[镇乡村省国](?![政区])|[县市](?!政)(?:区(?!域))?|(?<=[县市旗区][一二两三四五六七八九十])区)"

# A classifier that begins another word (项目), or 级 behind a bare magnitude (千亿级), is no unit.
_UNIT_LIMITS = {
    "项": "项(?!目)",
    "级": "(?<![百千万亿])级",
    "种": "种(?![植苗养畜子])",
    "个人": "个人(?![口均才])",
    "人": "(?:人(?!均|工|民|才|口|力|大|居|畜))",
    "位": "位(?!数|于|居)",
    "点": "点(?!多|半|钟)",
    "家": "家(?!庭|电|居|禽|门|长)",
    "场": "场(?!外|馆|地|景)",
    "条": "条(?!件|例)",
    "次": "次(?!产业|会议|全会|代表大会|全体会议)",
    "年": "年(?![级度薪])",
    "面": "面(?!积|向|对|临)",
    "元": "元(?!旦|素|宵|件)",
    "台": "台(?!商|资|阶|企|风)",
    "件": "件(?!均)",
    "户": "户(?!均|籍|外)",
    "天": "天(?!然|津|空)",
    "分": "分(?!别|之|期|类|布|公|校|产)",
    "方": "(?<=[\\d十百千万亿])方(?!面|法|式|案|向|形)",
    "大项": "大项(?!目)",
    "大": "大(?!关|潮|道|桥|厦|街|会|型|小|约|概|幅|量)",
    "周": "周(?![年边期岁围转一二三四五六日])",
    "股": "股(?![份东权市票价金息])",
    "票": "票(?![据价房务])",
    "集": "集(?![团中体群市聚成合贸])",
    "席": "席(?![位卷])",
    "剂": "剂(?!量)",
    "部": "部(?![分门队委署曲长落位件])",
    "间": "间(?!接)",
    "段": "段(?!时)",
    "期": "期(?!间)",
    "门": "门(?!槛|票|诊)",
    "节": "节(?!能|约|日)",
    "本": "本(?!土|地|市|科|省|县|金)",
    "份": "份(?!额)",
    "班": "班(?!列|组|子)",
    "站": "站(?!式|点)",
    "口": "口(?!岸|径)",
    "道": "道(?![路沟])",
    "头": "头(?!部|条)",
    "类": "类(?!似)",
    "株": "株(?!洲)",
    "名": "名(?!义|录|牌|城|副|优|品)",
    "层": "层(?!次|面|级)",
    "米": "米(?!面|粉)",
    "里": "(?<=[\\d百千万几])里(?!面|程)",
    "打": "打(?=[，。；、！？\\s]|$|啤酒|鸡蛋|鲜花)",
    "两": "(?<=[十百千万亿\\d])两(?![十百千万亿个家岸次年天])",
    "毛": "毛(?![利衣发巾坯竹线猪豆皮绒笔])",
    "角": "角(?![色度落逐钢形膜阀])",
    "圆": "圆(?![形满梦桌通融区])",
    "升": "升(?![级至到值幅温旗学降起高为入格腾任压]|[一二两三四五六七八九十]{1,3}[降跌平持])",
    "起": "起(?!步|来|到|点)",
    "度": "度(?![假过])",
}
_HALVED = (
    "个多月",
    "个多小时",
    "个?钟头",
    "天",
    "年(?!度|报)",
    "个月",
    "个?小时",
    "公升",
    "升",
    "公斤",
    "斤",
    "吨",
    "公里",
    "亩",
)


def quantity_pattern(units: Mapping[str, tuple[str, float]]) -> re.Pattern[str]:
    """Compile the pattern of quantities for the forms of `units`; match it at a position of a normalised text."""
    unit = _any_unit(units)
    return re.compile(
        rf"第(?P<rank>[一二三四五六七八九十百]{{1,6}}|\d{{1,6}})(?P<rank_unit>大(?!道|厦|桥|街|会|学|队|省|市|县|国)|位|名|强)?(?:[到至]第(?P<rank2>\d{{1,6}})(?:位|名)?)?"
        rf"|(?P<side>(?<!提)前(?!(?:19|20)\d\d年)|后(?=(?:[一二三四五六七八九十百]{{1,6}}|\d{{1,6}})[位名]))(?P<top>[一二三四五六七八九十百]{{1,6}}|两(?=[位名强])|\d{{1,6}})(?P<top_unit>强|位|名)?(?!个?[月年季天周日轮期批届者次]|%)"
        rf"|{_NOT_PLAIN}(?:"
        rf"(?P<ratio>\d{{1,9}}(?:\.\d{{1,6}})?(?:{_GAP}[∶:：]{_GAP}\d{{1,9}}(?:\.\d{{1,6}})?){{1,9}})(?!\d)"
        rf"(?P<ratio_behind>以上|以下|以内|左右)?"
        rf"|(?P<per_sign>负)?(?P<per>[百千万]{_GAP}分{_GAP}之){_GAP}(?P<per_n>{_NUMBER})(?:{_TO}(?:百分之|千分之)?(?P<per_n2>{_NUMBER}))?(?P<per_behind>{_BEHIND})?"
        rf"|(?P<whole>{_NUMBER}){_GAP}又{_GAP}(?P<den2>{_CHINESE}|\d{{1,9}}){_GAP}分之?{_GAP}(?P<frac2>{_CHINESE}|\d{{1,9}})"
        rf"|(?P<slash>(?:(?P<slash_whole>\d{{1,6}})\x20)?(?P<slash_n>\d{{1,3}})/(?P<slash_of>\d{{1,3}}))(?![\d/\-年月]|[.,]\d)"
        rf"(?P<slash_behind>{_BEHIND})?"
        r"|(?P<power>(?P<power_n>-?\d{1,9}(?:\.\d{1,6})?)\^(?P<power_of>[+\-]?\d{1,2}(?:\.\d{1,3})?))(?![\d.])"
        r"|(?P<si>(?:\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})(?<=[\d.]\d\d))(?P<si_scale>[KMG])(?=[，,。；、\s]|$)"
        rf"|(?P<metres>{_NUMBER})米(?P<metre_part>[{_DIGIT}]{{1,2}}|\d{{1,2}})(?=[，。；：、,.的高宽深长厚左以]|$)(?P<metre_behind>{_BEHIND})?"
        rf"|(?P<money>{_NUMBER})(?:[元圆]|块钱?)(?:零(?=.[角毛]))?(?P<jiao>[{_DIGIT}两\d])(?:[角毛](?:(?P<cents>[{_DIGIT}两\d])分?)?|(?<=块.)(?![{_DIGIT}十百千万亿个多点年月\d]))"
        rf"|(?P<dimes>{_NUMBER})[角毛](?P<cents2>[{_DIGIT}两\d])(?:分|(?![{_DIGIT}十百千万亿个多点年月\d]))"
        rf"|(?P<hn>{_NUMBER})个半(?P<hunit>月|小时|百分点)(?P<h_behind>{_BEHIND})?"
        rf"|半(?P<half_of>{'|'.join(_HALVED)})"
        rf"|(?P<den_sign>负)?(?P<den>{_CHINESE}|\d{{1,9}}){_GAP}分之{_GAP}(?P<frac>{_CHINESE}|\d{{1,9}})(?P<frac_behind>{_BEHIND})?"
        rf"|翻了?(?P<times>[一两二三四五\d]|半)番(?P<times_behind>{_BEHIND})?"
        rf"|(?:(?P<tenths0>[一二两三四五六七八九])(?:[至到]|(?=[二三四五六七八九]成)))?(?P<tenths>[一二两三四五六七八九十](?:{_GAP}点{_GAP}[一二三四五六七八九])?|\d(?:\.\d{{1,3}})?){_GAP}成(?:(?<=[近超约逾占过达][一二三四五六七八九]成)(?=为)|(?!为))(?!立|果|功|长|效|员|都|本|套|品|熟|绩|交|了|色|因|渝|型|人|份|千|就|群|片|分|语|材)"
        rf"(?:(?P<tenths_tail>[一二三四五六七八九半])(?![个家项成季])|\x20(?P<tenths_apart>[一二三四五六七八九半])(?=[，。；、\s]|$))?(?:{_TO}(?P<tenths2>[一二三四五六七八九])成)?(?P<tenths_behind>{_BEHIND})?"
        rf"|(?P<off>[一二三四五六七八九](?:{_GAP}[一二三四五六七八九])?(?:点[一二三四五六七八九])?|\d(?:\.\d)?){_GAP}折(?![扣合算叠射返腾旧磨页断])"
        rf"|(?P<half>半数|(?<=[近超过占的于足])一半|(?<=[近超过])半(?=[的数以]))(?P<half_behind>以上|左右)?"
        rf"|(?P<f1>\d{{1,6}}){_GAP}[×xX]{_GAP}(?P<f2>{_NUMBER})(?P<f_unit>{unit})"
        rf")"
        rf"|(?P<sign>(?<![\d\w%）)\-－−])[-－−]|(?<=[和、为及达是与至在的由从到比幅速长率])-|零下"
        rf"|-(?=\d{{1,3}}(?:\.\d{{1,2}})?(?:℃|摄氏度))|负{_GAP}|±)?"
        rf"(?P<n1>{_NUMBER})"
        rf"(?:{_GAP}(?P<mid1>[多余几来])(?P<mag1>(?:[百万亿]|{_THOUSAND}){{1,2}})?)?{_GAP}"
        rf"(?:(?P<unit1>{unit})(?:[（(][个只件套台辆家次户项场张条头]{{1,2}}[)）])?)?"
        rf"(?:{_GAP}{_TO}{_GAP}(?P<sign2>-)?(?P<n2>{_NUMBER})"
        rf"(?:(?P<mid2>[多余几来])(?P<mag2>(?:[百万亿]|{_THOUSAND}){{1,2}})?)?{_GAP}(?P<unit2>(?(unit1)(?:个(?:[百千]分点|基点)|(?P=unit1))|(?:{unit})))"
        rf"|(?P<and_half>(?<=[年月天斤吨里升米亩两倍岁块])半(?![年月天日个径导])))?"
        rf"(?P<of_kind>{_NOUNS})?(?P<behind>{_BEHIND})?"
    )


def _any_unit(units: Iterable[str]) -> str:
    """The pattern of all units, the longest first, those that begin with one letter together: most are never tried."""
    by_letter: dict[str, list[str]] = {}
    apart = []
    for unit in sorted(units, key=len, reverse=True):
        form = _unit_form(unit)
        if form.startswith(re.escape(unit[0])):
            by_letter.setdefault(re.escape(unit[0]), []).append(form.removeprefix(re.escape(unit[0])))
        else:
            apart.append(form)  # what must stand before it is looked at first
    return "|".join([*(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()), *apart])


def _unit_form(unit: str) -> str:
    """The pattern of one unit: one in letters (kg) ends where no letter follows."""
    return _UNIT_LIMITS.get(unit) or re.escape(unit) + (
        "(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else ""
    )

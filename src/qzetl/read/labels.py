"""Labels, credits and buttons of a page, told by their words and by where in the article's part they stand."""

from __future__ import annotations

import re

from qzetl.read.credit import is_person
from qzetl.traditional import simplified

__all__ = ["LABEL_LENGTH", "OPEN", "is_credit_line", "is_label", "is_label_inside", "is_label_row"]

OPEN = r"[\[\(（【<《■◆●▲★☆※·\-—\s]*(?:纠错[】\]\s]*[【\[]?)?"
"""What may stand before a label."""

LABEL_LENGTH = 80
"""A longer line is no label."""

# So many bars in one line separate keywords or buttons.
_BARS, _KEYWORD = 3, 12
# What only pages have: wherever such a line stands, it is not the article's.
_OF_PAGE = (
    r"责任?编辑|责编|编审|编校|值班编辑|编辑制作|美编|文字编辑|网络编辑|网编|实习编辑|责任校对|版式设计|"
    r"点击数?|浏览次?数?|阅读次?数?|阅读量|访问量|访问次数|字体|字号|字体大小|视力保护色|保护视力色|"
    r"上一篇|下一篇|上一条|下一条|上一页|下一页|分享到?|分享至|当前位置|您的位置|您现在的位置|你现在的位置|"
    r"本文来\s{0,4}源|文章来源|信息来源|新闻来源|稿件来源|稿\s?源|原标题|原题|发布时间|发布日期|发表时间|发表于|"
    r"本文链接|原文链接|转载请注明.{0,8}"
)
# What the head of an official document says about it, in a list or in a table.
_OF_DOCUMENT = (
    r"(?:信息)?索\s{0,4}引\s{0,4}号|公文名称|发文字号|文\s{0,4}号|主题(?:分类|词)|信息分类|体裁分类|服务对象|(?:文件)?有效性|"
    r"(?:发布|发文|制发|公开|办文)(?:机构|机关|单位|部门)|(?:发文|成文|生成|公开|生效|失效|废止)日期|"
    r"公开(?:方式|形式|属性|范围|类型)"
)
# What reports say too, of an event, a procedure or a share: labels only above the prose and below it.
_AT_EDGES = (
    r"编\s?辑|校\s?对|审\s?核|监\s?制|总监制|总编|主编|策划|统筹|一审|二审|三审|初审|复审|终审|审签|签发|制图|执笔|"
    r"来\s{0,4}源|作\s{0,4}者|更新时间|时间|日期|关键词|关键字|标签"
)
_COLON = r"\s*[】\]]?\s*[:：]"
_LABEL = re.compile(rf"^{OPEN}(?:{_OF_PAGE}){_COLON}", re.IGNORECASE)
_EDGE = re.compile(rf"^{OPEN}(?:{_AT_EDGES}|{_OF_DOCUMENT}){_COLON}", re.IGNORECASE)
_ROW = re.compile(rf"^(?:{_OF_DOCUMENT})\s*[:：]?\t")
# Below the prose an event's time and place stand too; there a time is the page's only if it is a date and no more.
_TIME = re.compile(rf"^{OPEN}(?:时间|日期){_COLON}")
_DAY = re.compile(
    r"[:：]\s*[\[(（]?(?:19|20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\s\d:：]*"
    r"(?:[\])）|]|来源|作者|浏览|阅读|点击|编辑|$)"
)
# The heading of a list of files, whose links are no text.
_FILES = re.compile(rf"^{OPEN}附\s?件(?:信息|下载|列表)?[】\]]?\s*[:：]?$")
_LINKED_FILES = re.compile(rf"^{OPEN}附\s?件")
# A label without a colon, before one or two names.
_STAFF = re.compile(
    rf"^{OPEN}(?:责任编辑|责编|编辑|校对|审核|监制|值班编辑)\s{{1,3}}[\u4e00-\u9fff]{{2,4}}(?:\s|[)）】\]]|$)"
)
# What people do for an article, before their names: with a colon, a bar or a blank.
_ROLE = (
    r"(?:(?:本报|本网|本台|见习|实习|特约|全媒体|融媒体?|值班|执行|责任|网络)?"
    r"(?:记者|编辑|通讯员|实习生|作者)|责编|编审|校对|审核|初审|复审|终审|[一二三]审|审签|签发|总?监制|[主总]编|策划|统筹|出品|出镜|"
    r"摄影|摄像|拍摄|航拍|视频|剪辑|后期|配音|播音|制作|设计|美编|排版|海报|制图|图片|图文|文图|文字|文案|撰稿|撰文|供稿|来稿|文|图)"
)
_ROLES = re.compile(rf"{_ROLE}(?:[/／、]?{_ROLE}){{0,2}}(?:\s{{0,3}}[:：/／|｜丨]\s{{0,3}}|\s{{1,3}})")
_BETWEEN = re.compile(r"[\s、，,；;|｜/／丨]+")
# What may stand behind the names.
_BEHIND = frozenset(("文", "图", "摄", "摄影", "报道", "整理", "摄影报道"))
_OFFICE = re.compile(r"(?:中心|局|报|社|台|网|部|办|委|集团|公司|院|站|发布|新闻|客户端|工作室)$")
_LONGEST_NAME, _LONGEST_OFFICE = 4, 20
# What asks readers for something below an article.
_CALL = re.compile(
    r"^(?:[▼▲↓↑◆●■★☆\s]+|(?:长按|扫描|识别).{0,10}二维码.{0,12}|点击.{0,4}(?:阅读原文|原文链接).{0,8}|"
    r"欢迎.{0,4}(?:分享|转发|点赞|留言|关注).{0,16}|点[个亮].{0,2}(?:在看|赞).{0,12})$"
)
# A whole line that is a button or a state of the page.
_BUTTON = re.compile(
    r"^[\[\(（【<\s]*(?:分享(?:[到至给:：|].{0,14}|本?[文页]|按钮|文章)?|发送给.{0,6}|打印|打印(?:本[页文稿]|文章)|打\s?印|关闭(?:窗口|本页|页面)?|关\s?闭|收藏|举报|图集|\+\d|评论|点赞|赞|转发|复制链接|广告|点击.{0,6}蓝字.{0,12}|[—\-\s]*(?:END|全文完|本文完)[—\-\s]*|微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|朋友圈|推荐|继续滑动看下一个|向上滑动看下一个|"
    r"返回(?:顶部|首页|主页|列表|目录|栏目|上[一]?[页级层]|前页|网站|.{2,4}[，,]\s?查看更多)?(?:\s?[|｜]\s?关闭窗口)?|"
    r"返回列表|首页|更多|阅读全文|查看更多|大|中|小|大\s{0,3}中\s{0,3}小|字体[:：]?.{0,12}|(?:手机|请?用?微信)?扫一扫.{0,24}|请?用?微信扫.{0,24}|长按.{0,20}识别.{0,10}|转播到.{0,8}|"
    r"正在加载.{0,6}|加载中.{0,6}|展开(?:全文|阅读).{0,6}|点击(?:查看|看|进入|下载|播放|放大).{0,16}|播放|暂停|向前|向后|自动播放|"
    r"\d{2}:\d{2}\s?/\s?\d{2}:\d{2}|我要(?:评论|发言|纠错|分享).{0,8}|已有.{0,8}(?:评论|参与).{0,8}|.{0,12}条评论|点击数.{0,8}|"
    r"第?\s?\d{1,2}\s?页\s?[/／]?\s?共\s?\d{1,2}\s?页.{0,24}|版权(?:声明|所有).{0,10}|纠错|【?字号.{0,12}|T\s?T|[|｜/_\-—=*·•>»]+)[\]\)）】>\s]*$"
)


def is_label(text: str, *, linked: bool = False) -> bool:
    """Whether a line above the prose or below it is a label or a button; `linked` says that much of it is a link."""
    if is_label_inside(text, linked=linked):
        return True
    if len(text) > LABEL_LENGTH or text.endswith("。"):
        return False
    if text.count("|") >= _BARS and max(map(len, text.split("|"))) <= _KEYWORD:
        return True
    text = simplified(text)
    return bool(_CALL.match(text) or (_EDGE.match(text) and (not _TIME.match(text) or _DAY.search(text))))


def is_label_inside(text: str, *, linked: bool = False) -> bool:
    """Whether a line is a label or a button even between paragraphs of prose."""
    if len(text) > LABEL_LENGTH or text.endswith("。"):
        return False
    text = simplified(text)
    if (linked and _LINKED_FILES.match(text)) or _FILES.match(text):
        return True
    return any(pattern.match(text) for pattern in (_LABEL, _STAFF, _BUTTON)) or bool(
        _EDGE.match(text) and is_credit_line(text)
    )


def is_label_row(text: str) -> bool:
    """Whether a table's row is of what the head of an official document says about it."""
    return bool(_ROW.match(text))


def is_credit_line(text: str) -> bool:
    """Whether a line says who made the article and no more: what they did, and their or their office's names."""
    line = simplified(text).strip("（）()[]【】 \u3000")
    if len(line) > LABEL_LENGTH or not _ROLES.match(line):
        return False
    words = [word for word in _BETWEEN.split(_ROLES.sub("\n", line)) if word and word not in _BEHIND]
    known = sum(1 for word in words if is_person(word) or (len(word) <= _LONGEST_OFFICE and _OFFICE.search(word)))
    unknown = [word for word in words if len(word) > _LONGEST_NAME]
    return bool(words) and 2 * known >= len(words) and all(_OFFICE.search(word) for word in unknown)

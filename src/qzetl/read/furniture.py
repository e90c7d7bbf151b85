"""What stands in an article's part of the page and is not the article: labels, credits, share bars, related links."""

from __future__ import annotations

import re

from qzetl.read.captions import with_captions
from qzetl.read.credit import is_name_line
from qzetl.read.dated import is_date_line
from qzetl.read.headline import key
from qzetl.read.prose import Block
from qzetl.traditional import simplified

__all__ = ["cleaned"]

_OPEN = r"[\[\(（【<《■◆●▲★☆※·\-—\s]*(?:纠错[】\]\s]*[【\[]?)?"
_NAMED = (
    r"责任?编辑?|责编|编\s?辑|编审|编校|校\s?对|审\s?核|监\s?制|总监制|总编|主编|值班编辑|编辑制作|美编|策划|统筹|一审|二审|三审|初审|复审|"
    r"终审|审签|签发|文字编辑|网络编辑|网编|实习编辑|(?:本文)?来\s{0,4}源|文章来源|信息来源|新闻来源|稿件来源|稿\s?源|原标题|原题|作\s{0,4}者|发布时间|"
    r"发布日期|发表时间|发表于|更新时间|时间|日期|点击数?|浏览次?数?|阅读次?数?|阅读量|访问量|访问次数|字体|字号|字体大小|视力保护色|保护视力色|"
    r"关键词|关键字|标签|上一篇|下一篇|上一条|下一条|上一页|下一页|分享到?|分享至|当前位置|您的位置|您现在的位置|你现在的位置|附件|"
    r"信息索引号|索引号|发布机构|发布机关|主题分类|本文链接|原文链接|转载请注明.{0,8}|责任校对|版式设计|制图|执笔"
)
# A label with its colon: `责任编辑：…`.
_LABEL = re.compile(rf"^{_OPEN}(?:{_NAMED})\s*[】\]]?\s*[:：]", re.IGNORECASE)
# A label without one, before one or two names.
_STAFF = re.compile(
    rf"^{_OPEN}(?:责任编辑|责编|编辑|校对|审核|监制|值班编辑)\s{{1,3}}[\u4e00-\u9fff]{{2,4}}(?:\s|[)）】\]]|$)"
)
# A whole line that is a button or a state of the page.
_BUTTON = re.compile(
    r"^[\[\(（【<\s]*(?:分享.{0,16}|发送给.{0,6}|打印|打印(?:本[页文稿]|文章)|打\s?印|关闭(?:窗口|本页|页面)?|关\s?闭|收藏|举报|图集|\+\d|评论|点赞|赞|转发|复制链接|返回.{0,4}(?:\s?[|｜]\s?关闭窗口)?|"
    r"返回列表|首页|更多|大|中|小|大\s{0,3}中\s{0,3}小|字体[:：]?.{0,12}|扫一扫.{0,24}|微信扫.{0,24}|用微信扫.{0,24}|长按.{0,20}识别.{0,10}|转播到.{0,8}|"
    r"正在加载.{0,6}|加载中.{0,6}|展开(?:全文|阅读).{0,6}|点击(?:查看|看|进入|下载|播放|放大).{0,16}|播放|暂停|向前|向后|自动播放|"
    r"\d{2}:\d{2}\s?/\s?\d{2}:\d{2}|我要(?:评论|发言|纠错|分享).{0,8}|已有.{0,8}(?:评论|参与).{0,8}|.{0,12}条评论|点击数.{0,8}|"
    r"第?\s?\d{1,2}\s?页\s?[/／]?\s?共\s?\d{1,2}\s?页.{0,24}|版权(?:声明|所有).{0,10}|纠错|【?字号.{0,12}|T\s?T|[|｜/_\-—=*·•>»]+)[\]\)）】>\s]*$"
)
# A line that announces links or notices; what follows in the page's second half is not the article.
_END = re.compile(
    rf"^{_OPEN}(?:(?:相关|此前|早前|延伸)(?:阅读|新闻|链接|报道|文章|推荐|专题|内容|资讯|附件|信息|稿件)|延伸阅读|扩展阅读|推荐阅读|热门(?:推荐|文章|新闻)|"
    r"更多(?:精彩|新闻|内容|相关)|猜你喜欢|精彩推荐|为您推荐|编辑推荐|网友(?:评论|跟帖)|最新评论|发表评论|我要评论|评论列表|免责声明|版权声明|"
    r"特别声明|特别提示|郑重声明|.{0,6}侵权公告|本网站?声明|声明[:：]|往期(?:回顾|推荐|精选)|博客手拉手|Trackback|引用通告|上一篇|下一篇)",
    re.IGNORECASE,
)
# A paragraph about rights and disclaimers.
_NOTICE = re.compile(
    r"(?:未经.{0,16}(?:许可|授权|同意)|不得).{0,24}(?:转载|使用|复制|摘编|镜像)|版权归.{0,20}所有|转载请(?:注明|联系)|"
    r"不代表本?.{0,8}(?:观点|立场)|(?:联系|通知)我们?.{0,12}删除|如有侵权|(?:提供|发布).{0,6}信息存储空间|"
    r"Notice: The content above|仅供参考.{0,20}(?:投资|风险)"
)
_LABEL_LENGTH = 80
_NOTICE_LENGTH = 400
_TOP = 12
# So many bars in one line separate keywords or buttons.
_KEYWORDS = 3


def cleaned(blocks: list[Block], title: str | None) -> tuple[list[Block], list[str]]:
    """Return the blocks that are the article's own, without the headline, and the names that stood at its top."""
    kept = _before_end(_after_title(with_captions(blocks), title))
    kept, names = _below_credits(kept)
    return [block for block in kept if not _is_furniture(block)], names


def _after_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Drop the repeated headline, and the labels before it, where it stands near the top."""
    wanted = key(title or "")
    if not wanted:
        return blocks
    for i, block in enumerate(blocks[: 2 * _TOP]):
        if len(block.text) >= len(wanted) and key(block.text) == wanted:
            before = (other for other in blocks[:i] if not _is_label(other.text))
            prose = sum(len(other.text) - other.linked for other in before)
            rest = blocks[i + 1 :]
            while rest and key(rest[0].text) == wanted:
                rest = rest[1:]
            return rest if prose <= _LABEL_LENGTH else blocks[:i] + rest
    return blocks


def _below_credits(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """Drop dates, sources, names and buttons at the top; the names are returned."""
    names: list[str] = []
    start = 0
    for block in blocks[:_TOP]:
        text = block.text
        if len(text) > _LABEL_LENGTH or block.kind in ("row", "heading"):
            break
        if is_name_line(text) and start + 1 < len(blocks):
            names.append(text)
        elif not (
            _is_label(text)
            or is_date_line(text)
            or text.isdigit()
            or text.count("|") >= _KEYWORDS
            or 2 * block.linked > len(text)
        ):
            break
        start += 1
    return blocks[start:], names


def _before_end(blocks: list[Block]) -> list[Block]:
    """Drop the end from a line on that announces links or notices, if most of the article stands before it."""
    total = sum(len(block.text) - block.linked for block in blocks)
    seen = 0
    for i, block in enumerate(blocks):
        late = 2 * seen >= total
        text = simplified(block.text) if late and len(block.text) <= _NOTICE_LENGTH else ""
        if text and len(text) <= _LABEL_LENGTH and _END.match(text):
            return blocks[:i]
        if text and _NOTICE.search(text) and _rest(blocks, i) * 4 <= total:
            return blocks[:i]
        seen += len(block.text) - block.linked
    return blocks


def _rest(blocks: list[Block], start: int) -> int:
    return sum(len(block.text) - block.linked for block in blocks[start:])


def _is_label(text: str) -> bool:
    if len(text) > _LABEL_LENGTH or text.endswith("。"):
        return False
    text = simplified(text)
    return bool(_LABEL.match(text) or _STAFF.match(text) or _BUTTON.match(text))


def _is_furniture(block: Block) -> bool:
    if block.kind == "row":
        return False
    size = len(block.text)
    sentence = block.text.endswith(("。", "！", "？", "”", "；"))
    if 2 * block.linked > size and (not sentence or (10 * block.linked > 9 * size and size <= _LABEL_LENGTH)):
        return True
    if 3 * block.linked > size or (size <= _LABEL_LENGTH and block.text.endswith(("：", ":"))):
        return bool(_END.match(simplified(block.text))) or _is_label(block.text)
    return _is_label(block.text)

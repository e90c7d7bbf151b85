"""Where an article ends in its part of the page: before what announces related links, comments, or the site's notices.

What is announced is looked at, too: an announcement with much prose behind it is a heading of the article's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qzetl.read.labels import OPEN, is_label_row
from qzetl.read.prose import Block
from qzetl.traditional import simplified

__all__ = ["announces", "before_end", "prose_span"]

# A line that announces links, readers' comments or notices.
_END = re.compile(
    rf"^{OPEN}(?:(?:相关|此前|早前|延伸|扩展|推荐|热门|热点|精彩|更多|往期)"
    r"(?:阅读|新闻|链接|连结|报道|报导|文章|推荐|专题|内容|资讯|附件|信息|稿件|点阅|排行|话题|标签|精彩|相关)|"
    r"猜你喜欢|为[您你]推荐|编辑推荐|小编推荐|大家都在看|网友(?:评论|跟帖)|最新评论|发表评论|我要评论|评论列表|(?:版权|免责)[与及和、]?(?:版权|免责)?(?:声明|条款)|"
    r"特别声明|特别提示|郑重声明|.{0,6}侵权公告|本网站?声明|声明[:：]|往期(?:回顾|推荐|精选)|博客手拉手|Trackback|引用通告|上一篇|下一篇)",
    re.IGNORECASE,
)
# After these nothing is the article's, whatever it looks like.
_FINAL = re.compile(
    rf"^{OPEN}(?:网友(?:评论|跟帖)|最新评论|发表评论|我要评论|评论列表|(?:版权|免责)[与及和、]?(?:版权|免责)?(?:声明|条款)|Trackback|引用通告)",
    re.IGNORECASE,
)
# A sentence is an announcement only if it speaks to readers, or of the site.
_ADDRESSED = re.compile(
    r"关注|点击|扫码|扫描|下载|订阅|客户端|公众号|投稿|转载|版权|侵权|著作权|不代表|仅供参考|"
    r"本[网站报刊台文篇]|本(?:平台|公众号|网站|资讯|页面)|作者(?:个人)?(?:观点|所有)|联系(?:我们|本)|风险自担"
)
# A paragraph about rights and disclaimers.
_NOTICE = re.compile(
    r"(?:未经.{0,16}(?:许可|授权|同意)|不得).{0,24}(?:转载|摘编|镜像)|版权(?:均?归|均?属于?).{0,24}所有|转载(?:使用)?时?(?:请|须|必须|应当?)(?:注明|联系)|"
    r"不代表本?.{0,8}(?:观点|立场)|(?:联系|通知)我们?.{0,12}删除|如有侵权|(?:提供|发布).{0,6}信息存储空间|"
    r"^.{0,20}(?:Copyright|©|版权所有)|Notice: The content above|仅供参考.{0,20}(?:投资|风险)"
)
# What begins so speaks of the site alone, however much of it there is.
_OF_SITE = re.compile(r"^[\d①②③.、．(（)） ]{0,4}凡(?:是?本[网站报刊台]|注明|来源)")
# Such a paragraph if it speaks of what the site publishes; regulations forbid uses, too.
_FORBIDDEN = re.compile(r"(?:未经.{0,16}(?:许可|授权|同意)|不得).{0,24}(?:使用|复制)")
_PUBLISHED = re.compile(
    r"本[网站报刊文]|本(?:网站|平台|公众号)|版权|著作权|转载|稿件|(?:注明|文章|图片|内容)[^。]{0,6}来源"
)
# An article of a regulation.
_ARTICLE = re.compile(r"^第[一二三四五六七八九十百零〇\d]{1,6}[条章]")
_FULL_STOPS, _CLOSING = tuple("。！!？?；;…"), "”’」』）)]】》\"'"
_LABEL_LENGTH = 80
_NOTICE_LENGTH = 400
_PROSE, _PARAGRAPH = 30, 40


def before_end(blocks: list[Block]) -> list[Block]:
    """Drop the end from a line on that announces links or notices, if most of the article stands before it.

    Where the article goes on below the links, only the line that announces them is dropped.
    """
    total = sum(len(block.text) - block.linked for block in blocks)
    below: _Below | None = None
    seen = 0
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        late = 2 * seen >= total and 0 < len(block.text) <= _NOTICE_LENGTH
        text = simplified(block.text) if late else ""
        announced = late and announces(text)
        if announced:
            below = below or _below(blocks)
            if _FINAL.match(text) or (3 * below.prose[i + 1] <= total and below.last_pair <= i):
                return kept
        elif late and (_OF_SITE.match(text) or (4 * (total - seen) <= total and _is_notice(text))):
            return kept
        seen += len(block.text) - block.linked
        if not (announced and _is_linked(blocks[i + 1 : i + 2])):
            kept.append(block)
    return kept


def announces(text: str) -> bool:
    """Whether a line, in simplified characters, announces links, comments or notices rather than telling news."""
    found = _END.match(text) if len(text) <= _LABEL_LENGTH else None
    if not found:
        return False
    return not _is_sentence(text) or bool(_ADDRESSED.search(text))


def prose_span(blocks: list[Block]) -> range:
    """Return the places from the first block that is prose or a table's row to the last; around it stand labels."""
    prose = [i for i, block in enumerate(blocks) if _is_prose(block)]
    return range(prose[0], prose[-1] + 1) if prose else range(0)


@dataclass(frozen=True, slots=True)
class _Below:
    """How many characters of prose stand from each place on, and where the last two paragraphs in a row begin.

    Below an inset of links the article goes on with such two; related articles have a linked headline each.
    """

    prose: list[int]
    last_pair: int


def _below(blocks: list[Block]) -> _Below:
    prose, last_pair = [0], -1
    follows = False
    for i in range(len(blocks) - 1, -1, -1):
        text = blocks[i].text
        is_prose = _is_prose(blocks[i])
        prose.append(prose[-1] + len(text) * is_prose)
        long = is_prose and len(text) >= _PARAGRAPH and not _is_notice(simplified(text))
        if long and follows and last_pair < 0:
            last_pair = i
        follows = long
    return _Below(prose[::-1], last_pair)


def _is_notice(text: str) -> bool:
    """Whether a paragraph, in simplified characters, states rights or disclaims."""
    if _ARTICLE.match(text):
        return False
    return bool(_NOTICE.search(text) or (_FORBIDDEN.search(text) and _PUBLISHED.search(text)))


def _is_linked(blocks: list[Block]) -> bool:
    return any(2 * block.linked > len(block.text) for block in blocks)


def _is_prose(block: Block) -> bool:
    """Whether a block is a paragraph of whole sentences, hardly linked, or a table's row but of a document's labels."""
    if block.kind == "row":
        return not is_label_row(block.text)
    size = len(block.text)
    return size >= _PROSE and 3 * block.linked <= size and _is_sentence(block.text)


def _is_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_FULL_STOPS)

"""What stands in an article's part of the page and is not the article: labels, credits, share bars, related links."""

from __future__ import annotations

import re

from qzetl.read.prose import Block

__all__ = ["cleaned"]

# A line that is nothing but such a label, wherever it stands.
_LABEL = re.compile(
    r"^[\[\(（【<《\s]*(?:"
    r"责任?编辑?|编辑|编审|审核|校对|监制|总编|责编|值班编辑|本文来源|原标题|来源|文章来源|稿源|作者|记者|发布时间|发布日期|时间|日期|"
    r"点击|浏览|阅读|访问|字体|字号|分享|打印|关闭|收藏|举报|评论|扫一扫|微信|关键词|标签|版权|声明|免责|"
    r"上一篇|下一篇|上一页|下一页|首页|返回|当前位置|您的位置|您现在的位置|相关|推荐|热门|更多|"
    r"点赞|大 ?中 ?小|我要|发表|网友|跟帖|转发|附件下载|保护视力色"
    r")",
)
_LABEL_LENGTH = 60
# From such a line on, nothing of the article follows.
_END = re.compile(
    r"^[\[\(（【■◆●▲★\s]*(?:相关(?:阅读|新闻|链接|报道|文章|推荐|专题|内容|资讯)|延伸阅读|推荐阅读|热门推荐|更多(?:精彩|新闻)|"
    r"猜你喜欢|精彩推荐|网友评论|最新评论|发表评论|我要评论|免责声明|版权声明|特别声明|本文来源|责任编辑|\(责任编辑|（责任编辑|【?责任编辑|"
    r"上一篇|下一篇|本网站?声明)"
)


def cleaned(blocks: list[Block], title: str | None) -> list[Block]:
    """Return the blocks that are the article's own, without the headline."""
    kept = [block for block in blocks if block.text]
    kept = _after_title(kept, title)
    kept = _before_end(kept)
    return [block for block in kept if not _is_furniture(block)]


def _key(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


def _after_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Drop the repeated headline, and what stands before it, if it is near the top."""
    wanted = _key(title or "")
    if not wanted:
        return blocks
    seen = 0
    for i, block in enumerate(blocks[:30]):
        if _key(block.text) == wanted:
            return blocks[i + 1 :] if seen < 200 else blocks[:i] + blocks[i + 1 :]
        seen += len(block.text) - block.linked
    return blocks


def _before_end(blocks: list[Block]) -> list[Block]:
    """Drop the end from a line on that says so, if most of the article stands before it."""
    total = sum(len(block.text) for block in blocks)
    seen = 0
    for i, block in enumerate(blocks):
        if 2 * seen >= total and len(block.text) <= _LABEL_LENGTH and _END.match(block.text):
            return blocks[:i]
        seen += len(block.text)
    return blocks


def _is_furniture(block: Block) -> bool:
    text = block.text
    if block.kind == "row":
        return False
    if 2 * block.linked > len(text) and not text.endswith(("。", "！", "？")):
        return True
    return len(text) <= _LABEL_LENGTH and bool(_LABEL.match(text)) and not text.endswith("。")

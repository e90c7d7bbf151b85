"""Which lines belong to pictures: by the picture beside them, and by the words that captions use."""

from __future__ import annotations

import re

from qzetl.read.prose import Block

__all__ = ["with_captions"]

_CREDIT = re.compile(
    r"(?:摄影?|供图|制图|绘图|图片?|截图|资料|视频|视觉中国|新华社发|中新社发?|提供|漫画|东方IC|CFP|IC photo)"
    r"[^。！？]{0,8}[。]?[）)\]】]?$"
)
# Sentences of news end with those words, too (试图…, 为…提供…), but not with these.
_SENTENCE_CREDIT = re.compile(
    r"(?:摄影?|供图|制图|绘图|截图|视觉中国|新华社发|中新社发|漫画|东方IC|CFP|图片?(?:来源|由).{0,12}|资料图片?)"
    r"[^。！？，]{0,8}。$"
)
_SIGNED = re.compile(
    r"(?:[\u4e00-\u9fff·/]{2,12}|^)\s*[/／]?摄[）)]?$|[（(][^（(）)]{0,20}(?:摄影?|资料图片?|供图|视频截图|效果图|"
    r"图片来源[^）)]{0,20})[）)]$"
)
_SIGNED_ENDS = ("摄", "）", ")")
_SHOWS = re.compile(
    r"^[▲△↑↓←→◀▼（(\[【]?\s*(?:上|下|左|右|题|本|组)?图(?:\d|[一二三四五六七八九十])?\s*(?:为|片说明|说|注|[:：]|[（(])|^[▲△]"
)
_SENTENCE_END = re.compile(r"[。！？!?…；;：:][”’」』）)\]】》\"']*$")
_LONGEST, _SHORT = 120, 60


def with_captions(blocks: list[Block]) -> list[Block]:
    """Return the blocks with those that are captions said to be so; pictures without text are dropped."""
    beside = False
    kept: list[Block] = []
    alt = ""
    for block in blocks:
        if not block.text:
            beside, alt = True, block.alt
            continue
        if block.kind == "paragraph" and _is_caption(block, alt if beside else "", beside=beside):
            block.kind = "caption"
        beside, alt = block.pictures > 0, block.alt
        kept.append(block)
    return kept


def _is_caption(block: Block, alt: str, *, beside: bool) -> bool:
    text = block.text
    if len(text) > _LONGEST:
        return False
    if (text.endswith(_SIGNED_ENDS) and _SIGNED.search(text)) or (
        _SHOWS.match(text) and (beside or len(text) <= _SHORT)
    ):
        return True
    if not (beside or block.pictures):
        return False
    credit = _SENTENCE_CREDIT if text.endswith("。") else _CREDIT
    if text in (alt, block.alt) or credit.search(text):
        return True
    stressed = 2 * block.bold > len(text)
    return (
        not stressed
        and len(text) <= _SHORT
        and (block.centred or block.pictures > 0)
        and not _SENTENCE_END.search(text)
    )

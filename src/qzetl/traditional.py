"""Traditional characters as their simplified ones, character for character, so that every offset stays.

Lexicons and labels are written in simplified characters. A text in traditional ones is looked up through its simplified
form and quoted as it stands. OpenCC's phrases tell apart what depends on the word (乾隆, 乾燥); what it writes is as
long as what it reads.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

__all__ = ["simplified"]

# Characters that simplified texts never have, of which hardly a sentence of news in traditional ones is without any.
_TRADITIONAL = re.compile(
    "[億萬個國們來時為會這於與學過後發動實現經濟產業總額較計劃場開關電萊車東見長門間問題對點體還進運選"
    "區縣鄉鎮數據據說記報導訊傳統項達規創設務財資貨費價銀餘兩幾歲華灣聞責編輯處"
    "閱讀評論網權載標籤熱薦鏈聯贊審監圖內]"
)


def simplified(text: str) -> str:
    """Return `text`, code point for code point, with simplified characters for traditional ones.

    A text without any of the commonest traditional characters is returned as it is.
    """
    if not _TRADITIONAL.search(text):
        return text
    converted = _converter().convert(text.encode("utf-8", "replace").decode("utf-8"))
    # Were a phrase of another length than its simplified form (none is), offsets would move: rather unread than moved.
    return converted if len(converted) == len(text) else text


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")

"""Numbers that are no quantities: phone numbers, postal codes, addresses of the internet, codes such as 1E5."""

import re

import pandas as pd

from core.preprocessing.column_types.arrow_text import matches

NAMED_LIKE_A_CODE = re.compile(
    r"(?:.*[\W_])?(?:(?:tele)?phones?|telephone|tel|telefon\w*|t[ée]l[ée]phone|tel[ée]fono|telefone|mobile|mobil|handy|"
    r"cell ?phone|fax|ip|ipv4|zip|zip[ _]?code|plz|postleitzahl|post[ _]?code|postal[ _]?code|code[ _]?postal|"
    r"c[óo]digo[ _]?postal|cep|cap|pin[ _]?code|телефон|индекс|电话|手机|邮编|郵便番号|電話番号)"
    r"(?:[\W_]*(?:no|nr|num|number|nummer|addr|address))?\.?",
    re.IGNORECASE,
)
OF_CODES = re.compile(r"(?:.*[\W_])?(?:codes?|kod|kode|class|group|batch|lot|part|plate|sku|ref|well)", re.IGNORECASE)
IP_ADDRESS = r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
FULL_GROUPS = "[0-9]{3}(?:(?: [0-9]{3}){2,3}|(?:\u00a0[0-9]{3}){2,3}|(?:\\.[0-9]{3}){2,3})"
FEWEST_GROUPED = 5  # rows
POWERS_OF_TEN = "[0-9]{1,3}[eE][0-9]{1,2}"  # without a point or a sign: 1E5 may be a code
SHORTEST = "[+]?[0-9]{3,}"  # no counts of phones


def is_named_like_a_code(name: str) -> bool:
    """Return whether the name is one of phone numbers, postal codes or addresses of the internet.

    >>> is_named_like_a_code("home_phone"), is_named_like_a_code("ZIP"), is_named_like_a_code("zipper")
    (True, True, False)
    """
    return NAMED_LIKE_A_CODE.fullmatch(name.strip()) is not None


def are_codes(distinct: pd.Series, digits: pd.Series, name: str, count: int) -> bool:
    """Return whether these texts, numbers by their `digits`, are codes by their look or by the column's name.

    Full groups of three digits, such as 600 123 456, are codes if no two of `count` rows have the same: of amounts some
    would have fewer digits, or repeat.
    """
    if matches(distinct, IP_ADDRESS).all():
        return True
    if FEWEST_GROUPED <= len(distinct) == count and matches(distinct, FULL_GROUPS).all():
        return not bool(distinct.str.endswith("000").any())
    if is_named_like_a_code(name) and matches(digits, SHORTEST).all():
        return True
    return OF_CODES.fullmatch(name) is not None and bool(matches(distinct, POWERS_OF_TEN).all())


def are_powers(distinct: pd.Series) -> bool:
    """Return whether all of several texts are whole numbers with a power of ten, such as 1E5, which may be codes."""
    if len(distinct) < 2 or re.fullmatch(POWERS_OF_TEN, str(distinct.iloc[0])) is None:
        return False
    return bool(matches(distinct, POWERS_OF_TEN).all())

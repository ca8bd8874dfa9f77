"""What the choices of reading are called on the screen."""

from typing import Any

from core.language import _


def order_names() -> dict[Any, str]:
    """Return the names of the orders of day, month and year."""
    return {
        "dmy": _("day first: 31/12/2020"),
        "mdy": _("month first: 12/31/2020"),
        "ymd": _("year, month, day: 2020/12/31"),
        "ydm": _("year, day, month: 2020/31/12"),
    }


def century_name(first: int) -> str:
    """Return the hundred years that begin with this one."""
    return _("{first} to {last}").format(first=first, last=first + 99)


def quote_names() -> dict[Any, str]:
    """Return the names of the quotation marks around cells."""
    return {'"': _("double quotes"), "'": _("single quotes"), "": _("none: quotes are letters")}

"""What is said around tables of cells in the browser."""

from core.language import _


def cells_words() -> dict[str, str]:
    """Return the words of the component, by where they stand."""
    return {
        "hint": _("Point at a cell, or walk through the cells with the arrow keys, to see what it is made of."),
        "told": _("{cell} = {working}"),
        "aloud": _("{cell}: {value}"),
        "empty": _("no cells"),
        "panel": _("{name}, {facts}"),
        "scrubber": _("Step"),
        "position": _("{step} of {last}"),
        "first": _("To the first step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s a step"),
        "source": _("what the cell pointed at is made from"),
        "made": _("what is made from it"),
    }


def mark_words() -> dict[str, str]:
    """Return what each mark means, where nothing else is said of it."""
    return {
        "copy": _("a virtual copy, which takes no memory"),
        "lit": _("chosen"),
        "new": _("new"),
        "wrong": _("wrong"),
        "gone": _("goes away"),
    }

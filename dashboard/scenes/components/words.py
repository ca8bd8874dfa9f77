"""The words of the players of these scenes."""

from core.language import _


def player_words() -> dict[str, str]:
    """Return the names of the player's controls; a scene replaces those that it names after its own frames."""
    return {
        "scrubber": _("Step"),
        "position": _("{step} of {last}"),
        "first": _("To the first step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
        "a_second": _("{count} per second"),
    }

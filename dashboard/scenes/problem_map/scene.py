"""The scene of the map: what is told, what is not, and what depends on what one does."""

from typing import Any

from core.language import _
from core.problems.kinds import GROUPS, KINDS, TIMINGS


def problem_map_scene(chosen: str) -> dict[str, Any]:
    """Return the scene of the map; `chosen` is the kind that was opened last."""
    groups = [
        {
            "name": group,
            "title": _(title),
            "text": _(text),
            "kinds": [_node(name) for name, kind in KINDS.items() if kind.group == group],
        }
        for group, (title, text) in GROUPS.items()
    ]
    return {
        "groups": groups,
        "chosen": chosen,
        "words": {
            "root": _("What does the learner get?"),
            "group": _("The map of learning problems"),
            "opens": _("{title}, {timing}: {question}"),
            "legend": _("offline: all data are there before learning. online: they arrive while it learns."),
        },
    }


def _node(name: str) -> dict[str, str]:
    kind = KINDS[name]
    return {
        "name": name,
        "title": _(kind.title),
        "question": _(kind.question),
        "timing": _(TIMINGS[kind.timing]),
        "online": str(kind.timing == "online").lower(),
    }

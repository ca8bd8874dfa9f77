"""The scene of texts that become vectors of one length: tokens, numbers, padding, cutting, and means."""

from typing import Any

import numpy as np

from core.formatting import format_list, format_percent
from core.foundations.lengths import FixedVectors
from core.language import _

MOST_PLACES = 20  # tokens of a text that are drawn; at least as many as the vector has
MOST_COLUMNS = 24  # tokens of the vocabulary whose shares are drawn: those with the largest


def lengths_scene(found: FixedVectors, length: int) -> dict[str, Any]:
    """Return the scene of texts as vectors of `length` numbers."""
    number = {token: at + 1 for at, token in enumerate(found.vocabulary)}
    common = np.sort(np.argsort(-found.means.sum(axis=0), kind="stable")[:MOST_COLUMNS])
    most = max(MOST_PLACES, length)
    return {
        "texts": [[[token, number[token]] for token in text[:most]] for text in found.tokens],
        "more": [max(len(text) - most, 0) for text in found.tokens],
        "sizes": [len(text) for text in found.tokens],
        "length": length,
        "columns": [[found.vocabulary[at], int(at) + 1] for at in common],
        "means": found.means[:, common].tolist(),
        "frames": _frames(found, length),
        "words": _words(),
    }


def names_of(found: FixedVectors) -> list[str]:
    """Return a short name for each text: its number and its first tokens."""
    return [f"{at + 1}. {' '.join(text[:3])}{' …' if len(text) > 3 else ''}" for at, text in enumerate(found.tokens)]


def _frames(found: FixedVectors, length: int) -> list[dict[str, str]]:
    names, tokens = names_of(found), len(found.vocabulary)

    def alike(of: tuple[tuple[int, int], ...], without: str) -> str:
        quoted = [_("“{one}” and “{other}”").format(one=names[a], other=names[b]) for a, b in of[:2]]
        if not of:
            return without
        return _("It makes {pairs} one vector, so no model behind it tells them apart.").format(
            pairs=format_list(quoted, _("and"))
        )

    cut, empty = format_percent(found.share_cut), format_percent(found.share_empty)
    here = _("No two different texts become one here.")
    return [
        {
            "kind": "tokens",
            "title": _("Texts as sequences of tokens"),
            "text": _("{count} texts, between {least} and {most} tokens long.").format(
                count=len(found.tokens), least=min(map(len, found.tokens)), most=max(map(len, found.tokens))),
        },
        {
            "kind": "numbers",
            "title": _("A number for each token"),
            "text": _("The vocabulary has {tokens} tokens. The number is a name, not a size.").format(tokens=tokens),
        },
        {
            "kind": "pad",
            "title": _("Pad: 0 up to {length} places").format(length=length),
            "text": _("Padding loses nothing of a text, and fills {empty} of the places with nothing.").format(
                empty=empty),
        },
        {
            "kind": "cut",
            "title": _("Cut after {length} places").format(length=length),
            "text": _("Cutting loses {cut} of all tokens.").format(cut=cut) + " " + alike(found.same_padded, here),
        },
        {
            "kind": "mean",
            "title": _("Or average: the share of each token"),
            "text": _("Any length becomes {tokens} numbers, and the order is lost.").format(tokens=tokens)
            + " " + alike(found.same_mean, here),
        },
    ]  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "group": _("Texts become vectors of one length"),
        "text": _("text"),
        "tokens": _("tokens"),
        "hint": _("Point at a token, or walk through the vocabulary with the arrow keys: it lights up wherever it "
                  "stands."),
        "share": _("mean of text {text} at “{token}” = {times} / {size} = {share}"),
        "pointless": _("Point at a token to see its share in each text."),
        "more": _("… {count} more"),
        "described": _("{title}. {text}"),
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "first": _("First step"),
        "back": _("Previous step"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("Next step"),
        "last": _("Last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }  # fmt: skip

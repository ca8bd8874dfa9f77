"""How many examples a random test tries: few at every check, many when new faults are looked for."""

import os

from hypothesis import settings

SEARCHES = os.environ.get("SEARCH") == "yes"
FEWER, MORE, AT_LEAST = 4, 5, 20


def examples(count: int) -> int:
    """Return how many examples to try where `count` are enough to trust the claim."""
    return MORE * count if SEARCHES else max(min(count, AT_LEAST), count // FEWER)


def load_profile() -> None:
    """Let random tests try the same examples every time, or new ones when new faults are looked for."""
    settings.register_profile("same", deadline=None, derandomize=True, max_examples=examples(100))
    settings.register_profile("search", deadline=None, print_blob=True, max_examples=examples(100))
    settings.load_profile("search" if SEARCHES else "same")

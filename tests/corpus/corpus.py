"""Nasty small files, each with what should come of it; made here from a seed, none of them stored."""

import random

from tests.corpus import above, below, dialects, files, kinds, layouts, numbers, spellings
from tests.corpus.case import Case

SEED = 4


def make_cases(seed: int = SEED) -> tuple[Case, ...]:
    """Return all cases, under names that differ; the same seed gives the same bytes."""
    draw = random.Random(seed)
    cases = [
        case for part in (dialects, numbers, kinds, layouts, above, below, spellings, files) for case in part.make(draw)
    ]
    assert len({case.name for case in cases}) == len(cases)
    return tuple(cases)

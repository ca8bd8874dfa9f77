"""Supervised learning on the screen: what is drawn, said and printed is what core and torch compute."""

import numpy as np
import pytest

from core.formatting import format_number
from core.foundations.lengths import SENTENCES, fixed_vectors
from core.foundations.supervised import most_telling, supervised_way
from core.preprocessing import read_table, split_rows, suggest_recipe
from dashboard.scenes.supervised.scene import FAMILY, Named, supervised_scene
from tests.dashboard.scenes.component_data import data_of

WAY, LENGTHS, ASSUMPTIONS = ({"components_view": "supervised", "components_lesson": name}
                             for name in ("way", "lengths", "assumptions"))  # fmt: skip

import json

import numpy as np
import pytest

from dashboard.scenes.stretch.scene import stretch_scene


@pytest.mark.parametrize("A", [[[2.0, 1.0], [0.0, 1.5]], [[1.0, 2.0], [2.0, 4.0]], [[0.0, 0.0], [0.0, 0.0]]])
def test_the_directions_are_stretched_by_the_singular_values(A):
    scene = stretch_scene(np.array(A))
    json.dumps(scene, allow_nan=False)
    for direction, value in zip(scene["directions"], scene["singular"], strict=True):
        assert np.linalg.norm(direction) == pytest.approx(1.0)
        assert np.linalg.norm(np.array(A) @ direction) == pytest.approx(value, abs=1e-12)
    assert np.dot(*scene["directions"]) == pytest.approx(0.0, abs=1e-12)

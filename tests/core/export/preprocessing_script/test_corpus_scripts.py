"""Every nasty file that can be read is read alike by its script: nothing of the reading stays in the lab."""

import pytest

from core.errors import InputError
from core.preprocessing import column_kinds, read_table, suggest_recipe
from tests.core.export.preprocessing_script.worker import Worker
from tests.corpus.corpus import make_cases

FEWEST = 100  # cases that have to come as far as a script


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    running = Worker(tmp_path_factory.mktemp("scripts"), allowed=("python_calamine", "pyarrow", "zstandard"))
    yield running
    running.close()


def recipe_for(frame):
    """Take every column in, also those that the suggestion leaves out: texts become categories."""
    recipe = suggest_recipe(frame)
    left_out = [plan.column for plan in recipe.columns if not plan.is_kept]
    kinds = column_kinds(frame)
    return recipe.change([name for name in left_out if kinds[name] in ("text", "identifier")], encode="one_hot")


def test_the_script_of_every_nasty_file_gives_the_same_tensors_bit_for_bit(worker, tmp_path):
    tried = 0
    for case in make_cases():
        path = tmp_path / f"file_{tried}"
        path.write_bytes(case.data)
        try:
            frame = read_table(path, **case.arguments).frame
            fitted = recipe_for(frame).fit(frame)
            prepared = fitted.transform(frame)
        except InputError:
            continue
        result = worker.run(fitted.to_script())
        assert result["feature_names"] == prepared.feature_names, case.name
        assert result["X"].numpy().tobytes() == prepared.X.contiguous().numpy().tobytes(), case.name
        assert result["y"].numpy().tobytes() == prepared.y.numpy().tobytes(), case.name
        tried += 1
    assert tried >= FEWEST

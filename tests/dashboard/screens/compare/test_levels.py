"""Compare: levels against a reference level and whole categories are those of statsmodels on the same rows."""

import json

import numpy as np
import pytest
import statsmodels.api as sm

from core.preprocessing import read_table, split_rows, suggest_recipe

LEVELS = {"species": ["Adelie", "Chinstrap", "Gentoo"], "island": ["Biscoe", "Dream", "Torgersen"],
          "sex": ["female", "male", "nan"]}  # fmt: skip


@pytest.fixture(scope="module")
def penguins():
    frame = read_table("data/penguins.csv").frame
    recipe = suggest_recipe(frame, "body_mass_g")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame.loc[train])
    return prepared.feature_names, prepared.X.numpy(), prepared.y.numpy()


def treatment_coded(penguins, references: dict[str, str]):
    """Fit without the columns of the reference levels; return the fit and the names of its columns."""
    names, X, y = penguins
    kept = [name for name in names if name not in {f"{column}_{level}" for column, level in references.items()}]
    design = np.column_stack([X[:, [names.index(name) for name in kept]], np.ones(len(y))])
    return sm.OLS(y, design).fit(), [*kept, "bias"]


def most_frequent(penguins) -> dict[str, str]:
    names, X, _y = penguins
    counts = dict(zip(names, X.sum(axis=0), strict=True))
    return {column: max(levels, key=lambda level: counts[f"{column}_{level}"]) for column, levels in LEVELS.items()}


def check_table(screen, penguins, references: dict[str, str]) -> None:
    peer, names = treatment_coded(penguins, references)
    shown = screen.table("sgd")
    expected = [
        name if (column := name.partition("_")[0]) not in references else f"{name} − {column}_{references[column]}"
        for name in names
    ]
    assert shown["coefficient"].tolist() == expected
    np.testing.assert_allclose(shown["closed_form"], peer.params, rtol=1e-6)
    np.testing.assert_allclose(shown[["low", "high"]], peer.conf_int(), rtol=1e-6)
    np.testing.assert_allclose(shown["difference"], shown["sgd"] - shown["closed_form"], rtol=1e-9, atol=1e-9)
    assert set(shown["sgd_within"]) <= {"inside", "outside"}
    assert f"The rows determine {len(names)} coefficients individually." in screen.words


def test_a_table_with_categories_starts_against_the_most_frequent_levels(open_screen, penguins):
    screen = open_screen("compare")
    check_table(screen, penguins, most_frequent(penguins))
    assert "The bias is what is predicted where every category is at its reference level" in screen.words
    assert "What the rows do determine: differences" not in [one.label for one in screen.app.expander]
    peer, names = treatment_coded(penguins, most_frequent(penguins))
    tests = screen.table("df").set_index("category")
    assert tests.index.tolist() == list(LEVELS)
    for column in LEVELS:
        places = [place for place, name in enumerate(names) if name.startswith(f"{column}_")]
        expected = peer.f_test(np.eye(len(names))[places])
        assert tests.loc[column, ["levels", "df"]].tolist() == [3, 2]
        assert tests.loc[column, "f"] == pytest.approx(float(expected.fvalue), rel=1e-6)
        assert tests.loc[column, "p"] == pytest.approx(float(expected.pvalue), rel=1e-5)


def test_another_reference_is_chosen_and_stays_in_the_visit(open_screen, penguins):
    screen = open_screen("compare", compare_category="sex")
    box = next(one for one in screen.app.selectbox if one.label == "Its reference level")
    assert list(box.options) == LEVELS["sex"]
    box.set_value(2)
    screen.run()
    check_table(screen, penguins, {**most_frequent(penguins), "sex": "nan"})
    assert json.loads(screen.app.session_state["compare_references"]) == {"sex": "nan"}
    chosen = open_screen("compare", compare_category="sex", compare_references='{"sex": "female", "species": "Dodo"}')
    check_table(chosen, penguins, {**most_frequent(penguins), "sex": "female"})


def test_without_a_category_nothing_is_offered(open_screen):
    screen = open_screen("compare", sample="longley")
    assert "compare_levels" not in [group.key for group in screen.app.button_group]
    assert "Categories as a whole" not in screen.words
    assert len(screen.table("sgd")) == 7

import numpy as np
import pytest

from core.errors import InputError
from core.problems.components import miniature
from core.problems.components.linear_autoencoder import Autoencoder, initial_state, train
from core.problems.components.principal_components import basis_of, largest_angle, principal_components, turned_to
from core.problems.components.rows import digit_rows, equal_rows
from core.problems.components.run import MOST, RATES, STEPS, run_components
from core.problems.panels import Pictures, Plane, frames_of
from core.problems.rows import Rows, load_rows


def rows_of(seed: int, n: int = 40, d: int = 5):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) @ np.diag(1.0 + np.arange(d)) + rng.normal(size=d)


def unit(X):
    Z = X - X.mean(axis=0)
    return Z / np.sqrt((Z**2).sum(axis=1).mean())


def lost(Z, state):
    return float(((Z - state.rebuilt(Z)) ** 2).sum(axis=1).mean())


def test_components_are_those_of_scikit_learn():
    from sklearn.decomposition import PCA

    for X in (rows_of(0), digit_rows().X, load_rows("wine").standardised):
        ours, theirs = principal_components(X), PCA().fit(X)
        np.testing.assert_allclose(ours.shares, theirs.explained_variance_ratio_, atol=1e-10)
        inner = (ours.axes[:3] * theirs.components_[:3]).sum(axis=1)
        np.testing.assert_allclose(np.abs(inner), 1, atol=1e-9)
        kept = PCA(3).fit(X)
        np.testing.assert_allclose(ours.rebuilt(X, 3), kept.inverse_transform(kept.transform(X)), atol=1e-9)


def test_components_are_eigenvectors_of_the_covariance():
    X = rows_of(3)
    found = principal_components(X)
    covariance = np.cov(X.T, bias=True)
    np.testing.assert_allclose(covariance @ found.axes.T, found.axes.T * found.variances, atol=1e-9)


def test_the_largest_entry_of_each_component_is_positive():
    found = principal_components(rows_of(1))
    mirrored = principal_components(-rows_of(1))
    assert np.all(found.axes[np.arange(5), np.abs(found.axes).argmax(axis=1)] > 0)
    np.testing.assert_allclose(found.axes, mirrored.axes, atol=1e-9)


def test_the_error_of_k_components_is_what_they_leave():
    X = rows_of(2)
    found = principal_components(X)
    for k in range(1, 6):
        error = ((X - found.rebuilt(X, k)) ** 2).sum(axis=1).mean()
        assert error / found.total == pytest.approx(found.lost(k), abs=1e-12)


def test_no_matrix_of_rank_k_is_nearer_than_the_components():
    X = rows_of(4)
    Z, found = unit(X), principal_components(X)
    for seed in range(50):
        basis = basis_of(np.random.default_rng(seed).normal(size=(2, 5)))
        assert ((Z - Z @ basis.T @ basis) ** 2).sum(axis=1).mean() >= found.lost(2) - 1e-12


def test_angles_are_those_of_scipy():
    from scipy.linalg import subspace_angles

    for seed in range(30):
        first, second = np.random.default_rng(seed).normal(size=(2, 3, 8))
        near = first + 1e-9 * second
        assert largest_angle(first, second) == pytest.approx(np.degrees(subspace_angles(first.T, second.T).max()))
        assert largest_angle(first, near) == pytest.approx(
            np.degrees(subspace_angles(first.T, near.T).max()), rel=1e-4, abs=1e-13
        )


def test_angles_known_by_hand():
    plane = np.array([[1.0, 0, 0, 0], [0, 1, 0, 0]])
    assert largest_angle(plane, np.array([[1.0, 0, 0, 0], [0, 0, 1, 0]])) == pytest.approx(90)
    assert largest_angle(plane, np.array([[3.0, 1, 0, 0], [0, 2, 0, 0]])) == pytest.approx(0, abs=1e-12)
    assert largest_angle(plane, np.array([[1.0, 0, 0, 0], [0, 1, 1, 0]])) == pytest.approx(45)


def test_turning_changes_axes_but_not_the_plane():
    from scipy.linalg import orthogonal_procrustes

    rows, axes = np.random.default_rng(0).normal(size=(3, 7)), basis_of(np.random.default_rng(1).normal(size=(3, 7)))
    turned = turned_to(rows, axes)
    np.testing.assert_allclose(turned @ turned.T, np.eye(3), atol=1e-12)
    assert largest_angle(turned, rows) == pytest.approx(0, abs=1e-9)
    basis = basis_of(rows)
    turn, _scale = orthogonal_procrustes(basis.T, axes.T)
    np.testing.assert_allclose(turned, (basis.T @ turn).T, atol=1e-9)


def test_gradients_are_those_of_autograd():
    import torch

    rng = np.random.default_rng(0)
    Z, state = rng.normal(size=(9, 4)), initial_state(4, 2, rng)
    encoder, decoder = (torch.tensor(one, requires_grad=True) for one in (state.encoder, state.decoder))
    loss = 0.5 * ((torch.tensor(Z) @ encoder @ decoder - torch.tensor(Z)) ** 2).sum(dim=1).mean()
    loss.backward()
    of_encoder, of_decoder, error = state.gradients(Z)
    np.testing.assert_allclose(of_encoder, encoder.grad.numpy(), atol=1e-12)
    np.testing.assert_allclose(of_decoder, decoder.grad.numpy(), atol=1e-12)
    assert error == pytest.approx(2 * loss.item())


def test_one_step_is_what_it_is_by_hand():
    state = Autoencoder(np.array([[1.0], [0.0]]), np.array([[0.5, 0.0]]))
    of_encoder, of_decoder, error = state.gradients(np.array([[2.0, 1.0]]))
    assert error == 2.0  # rebuilt is (1, 0)
    np.testing.assert_allclose(of_decoder, [[-2.0, -2.0]])  # 2 · (−1, −1)
    np.testing.assert_allclose(of_encoder, [[-1.0], [-0.5]])  # (2, 1) · −0.5


def test_the_error_of_the_svd_is_never_beaten():
    for seed in range(50):
        X = rows_of(seed)
        Z, found = unit(X), principal_components(X)
        for state in train(Z, 2, rate=0.3, steps=300, seed=seed).states:
            assert lost(Z, state) >= found.lost(2) * (1 - 1e-9)


def test_training_gets_into_the_plane_of_the_svd():
    for seed in range(20):
        X = rows_of(0)
        Z, found = unit(X), principal_components(X)
        made = train(Z, 2, rate=0.3, steps=3000, seed=seed)
        assert largest_angle(made.states[-1].decoder, found.axes[:2]) < 3
        assert lost(Z, made.states[-1]) < found.lost(2) * 1.01


def test_equal_variances_leave_the_plane_open_but_not_the_error():
    run = run_components(equal_rows(), scaled=False, k=2, rate=1.0, steps=3000, schedule="falling", seed=0)
    assert not run.has_gap
    assert run.lost[-1] < run.least * 1.001
    angles = [miniature(data="equal", seed=seed).guess.answer for seed in range(8)]
    assert 2 in angles
    assert "just as good" in miniature(data="equal").sentence
    assert run_components(equal_rows(), scaled=False, k=4, rate=1.0, steps=300, schedule="falling", seed=0).has_gap


def test_the_made_rows_have_the_variances_that_they_claim():
    X = equal_rows().X
    np.testing.assert_allclose(np.cov(X.T, bias=True), np.diag([4, 1, 1, 1, 0.5, 0.25]), atol=1e-5)


def test_too_large_a_learning_rate_diverges_and_says_so():
    made = miniature(rate=10.0)
    assert made.guess.answer == 3
    assert made.sentence.startswith("Training diverged")
    assert "diverged" in made.frames[-1]
    assert made.figures[0].learned == "–"
    assert all(np.all(np.isfinite(layer.xy)) for panel in made.panels[:3] for layer in panel.layers)


def test_one_large_unit_takes_all_the_variance():
    wine = load_rows("wine")
    assert principal_components(wine.X).shares[0] > 0.99
    assert principal_components(wine.standardised).shares[0] < 0.5
    assert "large unit" in miniature(rows=wine).sentence
    assert "large unit" not in miniature(rows=wine, scaled=True).sentence


SETTINGS = [
    {},
    {"k": 8, "seed": 3, "schedule": "constant"},
    {"data": "equal", "k": 4},
    {"rows": "wine", "scaled": True, "rate": 0.1},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_code_prints_the_numbers_of_the_figures(settings, capsys):
    settings = settings | ({"rows": load_rows(settings["rows"])} if "rows" in settings else {})
    made = miniature(**settings)
    exec(made.code, {})
    learned, least, angle = (float(word) for word in capsys.readouterr().out.split())
    assert learned == pytest.approx(float(made.figures[0].learned[:-1]) / 100, rel=6e-3)
    assert least == pytest.approx(float(made.figures[0].exact[:-1]) / 100, rel=6e-3)
    assert angle == pytest.approx(float(made.figures[2].learned), rel=1e-3)


def test_the_code_says_when_training_diverges(capsys):
    made = miniature(rate=10.0)
    exec(made.code, {})
    word, step = capsys.readouterr().out.split()
    assert word == "diverged"
    assert f"after {step} steps" in made.sentence


def test_the_same_seed_gives_the_same_frames_and_another_one_others():
    first, second, other = (miniature(seed=seed, steps=300) for seed in (1, 1, 2))
    assert list(first.frames) == list(second.frames) != list(other.frames)
    np.testing.assert_array_equal(first.panels[0].layers[0].xy, second.panels[0].layers[0].xy)


def test_digits_are_rebuilt_as_pictures_and_tables_as_weights():
    made = miniature(steps=300)
    shown = [panel for panel in made.panels if isinstance(panel, Pictures)]
    assert [panel.exact for panel in shown] == [False, True]
    assert all(np.min(panel.images) >= 0 and np.max(panel.images) <= 1 for panel in shown)
    np.testing.assert_allclose(shown[0].images[0, :4], digit_rows().X[:4].reshape(4, 8, 8), atol=1e-12)
    assert not any(isinstance(panel, Pictures) for panel in miniature(rows=load_rows("iris"), steps=300).panels)
    scaled = next(panel for panel in miniature(steps=300, scaled=True).panels if isinstance(panel, Pictures))
    np.testing.assert_allclose(scaled.images[0, :4], shown[0].images[0, :4], atol=1e-9)


@pytest.mark.parametrize("k", [2, MOST])
@pytest.mark.parametrize("rate", [RATES[0], RATES[-1]])
def test_the_smallest_and_the_largest_settings_can_be_drawn(k, rate):
    made = miniature(k=k, rate=rate, steps=STEPS[0])
    assert isinstance(made.panels[0], Plane)
    numbers = sum(np.size(layer.xy) for panel in made.panels[:3] for layer in panel.layers)
    assert numbers + sum(np.size(panel.images) for panel in made.panels if isinstance(panel, Pictures)) < 150_000
    assert all(count == len(made.frames) for panel in made.panels for count in frames_of(panel))


def test_linearly_dependent_columns_lose_nothing_from_their_rank_on():
    X = np.random.default_rng(0).normal(size=(60, 3)) @ np.random.default_rng(1).normal(size=(3, 6))
    table = Rows("three", X, tuple("abcdef"))
    made = miniature(rows=table, k=3)
    assert run_components(table, scaled=False, k=3, rate=1.0, steps=300, schedule="falling", seed=0).has_gap
    assert made.figures[0].exact == "0%"
    with pytest.raises(InputError, match="linearly independent"):
        miniature(rows=table, k=4)


def test_settings_and_rows_that_cannot_be_used_are_explained():
    iris = load_rows("iris")
    for settings, says in (
        ({"k": 1}, "From 2 to 16"),
        ({"k": 17}, "From 2 to 16"),
        ({"rate": 0.5}, "learning rate is one of"),
        ({"steps": 7}, "learning rate is one of"),
        ({"schedule": "up"}, "learning rate is one of"),
        ({"data": "faces"}, "The data are"),
        ({"rows": iris, "k": 4}, "keep at most 3"),
        ({"rows": Rows("same", np.ones((9, 4)), tuple("abcd"))}, "all rows are the same"),
        ({"rows": Rows("one", np.ones((1, 4)), tuple("abcd"))}, "all rows are the same"),
        ({"rows": Rows("huge", np.eye(9)[:, :4] * 1e200, tuple("abcd"))}, "too large"),
    ):
        with pytest.raises(InputError, match=says):
            miniature(**settings)


def test_numbers_too_large_to_be_standardised_are_refused():
    rows = Rows("huge", np.array([[1e300, 1.0, 2.0], [-1e300, 2.0, 5.0], [0.0, 3.0, 1.0]]), ("a", "b", "c"))
    with pytest.raises(InputError, match="too large to be standardised"):
        miniature(rows=rows, scaled=True)


def test_tables_of_which_no_plane_can_be_kept_are_refused():
    for X in (np.arange(6.0).reshape(3, 2), np.outer(np.arange(5.0), [1.0, 2.0, 3.0])):
        with pytest.raises(InputError, match="at least 3 columns are needed, 2 of them"):
            miniature(rows=Rows("few", X, ("a", "b", "c")[: X.shape[1]]))


def test_a_constant_rate_is_blamed_for_noise_only_where_minibatches_differ():
    says = "never lets the noise of the minibatches die away"
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(50, 2)) @ rng.normal(size=(2, 4))  # two numbers keep all of it
    few = rng.normal(size=(12, 4))  # one minibatch holds all rows
    names = tuple("abcd")
    assert says not in miniature(rows=Rows("flat", flat, names), schedule="constant").sentence
    assert says not in miniature(rows=Rows("few", few, names), schedule="constant").sentence
    assert says in miniature(rows=Rows("many", rng.normal(size=(50, 4)), names), schedule="constant").sentence


def test_the_heaviest_column_is_named_even_if_it_is_not_drawn():
    axes = np.zeros((2, 40))
    rng = np.random.default_rng(1)
    first = np.concatenate([np.full(13, 1e-3), np.ones(27)])
    second = np.concatenate([np.ones(13), np.full(27, -13e-3 / 27)])
    axes[0], axes[1] = first / np.linalg.norm(first), second / np.linalg.norm(second)
    axes[0, 39] += 1e-3
    X = rng.normal(size=(60, 2)) * [3.0, 1.0] @ axes + 0.001 * rng.normal(size=(60, 40))
    made = miniature(rows=Rows("wide", X, tuple(f"c{place}" for place in range(40))))
    table = next(panel for panel in made.panels if hasattr(panel, "row_names"))
    name = table.alt.split()[4]
    heaviest = np.linalg.svd(X - X.mean(axis=0))[2][0]
    assert name == f"c{np.abs(heaviest).argmax()}"

"""Warped spaces: exact where two axes are enough, principal components where they are not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wirings import SPIRAL, WIRINGS

from engine import trace
from engine.errors import InputError
from engine.learning import (
    DataSpec,
    HiddenView,
    Parts,
    TrainingSpec,
    frame,
    network,
    run_slice,
    start,
    write_program,
)
from engine.learning.features import columns_of, featured
from engine.learning.plane import EXTENT
from engine.learning.warp import SIZE, Warp, layer_units


def warp_of(spec: TrainingSpec, state, layer: str, units: tuple[int, int] | None = None) -> Warp:
    found = frame(spec, state, Parts(hidden=HiddenView(layer, units))).warp
    assert found is not None
    return found


def layer_at(spec: TrainingSpec, state, layer: str, X: np.ndarray) -> np.ndarray:
    """The layer at points X, from the trace."""
    inputs = {**state.parameters, "X": X, "y": np.zeros(len(X))}
    found = trace(network(spec).graph_of(len(X)), inputs)
    return found.values[found.graph.names[layer]].reshape(len(X), -1)


def crossings() -> np.ndarray:
    at = np.linspace(*EXTENT, SIZE)
    return np.array([(x, y) for y in at for x in at])


@pytest.mark.parametrize("width", [1, 2])
def test_a_narrow_layer_is_shown_exactly(width: int) -> None:
    spec = TrainingSpec(write_program(2, (width,), 3, "tanh"), SPIRAL)
    state, _ = run_slice(spec, start(spec), 4)
    found = warp_of(spec, state, "h1")
    assert (found.kind, found.units, found.share, found.size) == ("units", (0, width - 1), 1.0, 21)
    data = featured(spec.data)
    for points, positions in (
        (crossings(), found.grid),
        (data.X_train, found.train),
        (data.X_validation, found.validation),
    ):
        expected = layer_at(spec, state, "h1", points)[:, [0, width - 1]]
        np.testing.assert_allclose(positions, expected, rtol=1e-4, atol=1e-5)


def test_two_units_of_many_by_choice() -> None:
    spec = WIRINGS["residual"]
    state, _ = run_slice(spec, start(spec), 4)
    found = warp_of(spec, state, "h2", (4, 1))
    layer = layer_at(spec, state, "h2", featured(spec.data).X_train)
    assert (found.kind, found.units) == ("units", (4, 1))
    np.testing.assert_allclose(found.train, layer[:, [4, 1]], rtol=1e-4, atol=1e-5)
    variances = layer.var(axis=0)
    assert found.share == pytest.approx((variances[4] + variances[1]) / variances.sum(), rel=1e-4)
    assert warp_of(spec, state, "h2", (1, 1)).share == pytest.approx(variances[1] / variances.sum(), rel=1e-4)


@pytest.mark.parametrize("name", ["every step named", "residual", "a loss of one's own", "gelu and silu"])
def test_many_units_by_their_principal_components(name: str) -> None:
    spec = WIRINGS[name]
    state, _ = run_slice(spec, start(spec), 4)
    for layer in (one for one in layer_units(network(spec)) if one not in ("X", "scores")):
        found = warp_of(spec, state, layer)
        assert (found.kind, found.units) == ("principal", None)
        data = featured(spec.data)
        train = layer_at(spec, state, layer, data.X_train)
        centred = train - train.mean(axis=0)
        # a second way to the same: the singular vectors of the points themselves
        _, sizes, vectors = np.linalg.svd(centred, full_matrices=False)
        assert found.share == pytest.approx(np.square(sizes[:2]).sum() / np.square(sizes).sum(), rel=1e-4)
        signs = [1 if vector[np.abs(vector).argmax()] > 0 else -1 for vector in vectors[:2]]
        axes = vectors[:2].T * signs
        for points, positions in ((crossings(), found.grid), (data.X_validation, found.validation)):
            expected = (layer_at(spec, state, layer, points) - train.mean(axis=0)) @ axes
            np.testing.assert_allclose(positions, expected, atol=2e-3 * np.abs(expected).max())


@given(st.integers(0, 2**32 - 1), st.integers(3, 9))
@settings(max_examples=25, deadline=None)
def test_no_two_directions_show_more(seed: int, width: int) -> None:
    program = f"W = normal(2, {width})\nh = tanh(X @ W)\nV = he({width}, 3)\nscores = h @ V"
    spec = TrainingSpec(f"{program}\nloss = cross_entropy(scores, y)", SPIRAL, seed=seed)
    state = start(spec)
    share = warp_of(spec, state, "h").share
    generator = np.random.default_rng(seed)
    train = layer_at(spec, state, "h", featured(spec.data).X_train)
    total = train.var(axis=0).sum()
    for _ in range(20):
        axes, _ = np.linalg.qr(generator.standard_normal((width, 2)))
        assert (train @ axes).var(axis=0).sum() / total <= share + 1e-6
    assert share <= 1 + 1e-12


def test_the_same_state_always_gives_the_same_picture() -> None:
    spec = WIRINGS["residual"]
    state, _ = run_slice(spec, start(spec), 4)
    assert warp_of(spec, state, "h1").to_plain() == warp_of(spec, state, "h1").to_plain()


def test_a_layer_that_says_nothing_hides_nothing() -> None:
    spec = WIRINGS["dead from the start"]
    found = warp_of(spec, start(spec), "h")
    assert found.share == 1.0
    assert not found.train.any()
    assert not found.grid.any()


def test_points_and_scores_can_be_seen_as_well() -> None:
    spec = replace(WIRINGS["no hidden layer"], features=("r", "theta"))
    state, _ = run_slice(spec, start(spec), 4)
    found = warp_of(spec, state, "X")
    assert (found.kind, found.units) == ("units", (0, 1))
    np.testing.assert_allclose(found.grid, columns_of(crossings(), ("r", "theta")), rtol=1e-5, atol=1e-6)
    assert warp_of(spec, state, "scores").kind == "principal"


def test_images_have_positions_but_no_grid() -> None:
    spec = WIRINGS["images"]
    found = warp_of(spec, start(spec), "h1")
    assert (found.kind, found.size, found.to_plain()["grid"]) == ("principal", 0, b"")
    assert np.isfinite(found.train).all()
    assert len(found.to_plain()["train"]) == 8 * len(featured(spec.data).y_train)


def test_a_layer_that_is_not_finite_everywhere_is_seen_where_it_is() -> None:
    program = (
        "W = ones(2, 4)\nh = log(X @ W)\nV = he(4, 3)\nscores = h @ V"
        "\nloss = sum(where(scores > 0, 1, 0)) * W[0, 0]"
    )
    spec = TrainingSpec(program, SPIRAL)
    found = warp_of(spec, start(spec), "h")
    assert found.share == pytest.approx(1)
    assert np.isfinite(found.train).any()
    assert not np.isfinite(found.grid).all()
    nowhere = TrainingSpec(program.replace("log(X @ W)", "log(X @ W - 9)"), SPIRAL)
    assert warp_of(nowhere, start(nowhere), "h").units == (0, 1)


def test_a_very_wide_layer_is_shown_by_its_two_busiest_units() -> None:
    program = "W = normal(2, 600)\nh = relu(X @ W)\nV = he(600, 3)\nscores = h @ V"
    spec = TrainingSpec(f"{program}\nloss = cross_entropy(scores, y)", DataSpec("spiral", 3, 60, 0.2))
    found = warp_of(spec, start(spec), "h")
    variances = layer_at(spec, start(spec), "h", featured(spec.data).X_train).var(axis=0)
    assert found.kind == "units"
    assert set(found.units) == set(np.argsort(-variances)[:2])
    assert found.share == pytest.approx(np.sort(variances)[-2:].sum() / variances.sum(), rel=1e-4)


@pytest.mark.parametrize(
    "view", [HiddenView("h9"), HiddenView("W1"), HiddenView("h1", (0, 6)), HiddenView("y")]
)
def test_of_what_is_not_there_nothing_is_shown(view: HiddenView) -> None:
    spec = WIRINGS["residual"]
    assert frame(spec, start(spec), Parts(hidden=view)).warp is None


def test_units_are_counted_from_zero() -> None:
    with pytest.raises(InputError, match="unit is -1"):
        HiddenView("h1", (0, -1))

"""Gradient noise: against every subset there is, and against what the theory of sampling says."""

from dataclasses import replace
from itertools import combinations
from math import inf, isnan

import numpy as np
import pytest
from wirings import WIRINGS

from engine import trace
from engine.errors import EngineError, InputError
from engine.learning import DataSpec, TrainingSpec, network, run_slice, start, write_program
from engine.learning.features import featured
from engine.learning.noise import (
    compare,
    default_sizes,
    drawn_gradients,
    full_gradient,
    gradient_noise,
)

SPEC = TrainingSpec(write_program(2, (5,), 3, "tanh"), DataSpec("spiral", 3, 60, 0.2), dtype="float64")


def traced_gradient(spec: TrainingSpec, state, points: list[int]) -> np.ndarray:
    data, net = featured(spec.data, spec.features), network(spec)
    graph = net.graph_of(len(points))
    graph = graph.with_output(graph.named(net.loss).key)
    given = {**state.parameters, "X": data.X_train[points], "y": data.y_train[points]}
    found = trace(graph, given).gradients
    return np.concatenate([found[name].ravel() for name in net.parameters])


@pytest.mark.parametrize("name", WIRINGS)
def test_full_gradient_is_the_traces_over_all_points(name: str) -> None:
    spec = replace(WIRINGS[name], dtype="float64")
    state, _ = run_slice(spec, start(spec), 3)
    points = list(range(len(featured(spec.data, spec.features).y_train)))
    if name == "images":
        assert np.isfinite(full_gradient(spec, state)).all()
        return
    expected = traced_gradient(spec, state, points)
    np.testing.assert_allclose(full_gradient(spec, state), expected, rtol=1e-8, atol=1e-11)


def test_of_all_subsets_the_error_is_what_sampling_theory_says() -> None:
    """Without replacement: E |g_b - g|^2 = S^2 / B (1 - B / n), S^2 the points' own variance."""
    spec = TrainingSpec(SPEC.program, DataSpec("spiral", 3, 12, 0.2), batch_size=2, dtype="float64")
    state, full = start(spec), full_gradient(spec, start(spec))
    n = 9
    each = np.array([traced_gradient(spec, state, [point]) for point in range(n)])
    np.testing.assert_allclose(each.mean(axis=0), full, rtol=1e-9, atol=1e-12)
    variance = np.square(each - full).sum() / (n - 1)
    for size in (1, 2, 4, 9):
        found = compare(full, [each[list(b)].mean(axis=0) for b in combinations(range(n), size)], size)
        expected = np.sqrt(variance / size * (1 - size / n)) / np.linalg.norm(full)
        assert found.error == pytest.approx(expected, rel=1e-9, abs=1e-9)
        drawn = gradient_noise(spec, state, size, 400)
        assert drawn.error == pytest.approx(expected, rel=0.15, abs=1e-9)
        assert drawn.cosine == pytest.approx(found.cosine, abs=0.1)


def test_minibatches_are_of_different_points() -> None:
    spec = TrainingSpec(
        "W = zeros(2, 1)\nloss = sum(mean(X, axis=0) @ W)", DataSpec("spiral", 3, 12, 0.2), batch_size=2
    )
    # the gradient is the mean of the points: a pair's tells which two it holds
    X = featured(spec.data).X_train
    pairs = [(X[a] + X[b]) / 2 for a, b in combinations(range(9), 2)]
    for gradient in drawn_gradients(spec, start(spec), 2, 50):
        assert min(np.abs(pair - gradient).max() for pair in pairs) < 1e-6


def test_larger_minibatches_stray_less_and_the_full_set_not_at_all() -> None:
    spec = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 5464, 0.2))
    assert default_sizes(spec) == (32, 64, 128, 256, 4098)
    state, _ = run_slice(spec, start(spec), 20)
    found = [gradient_noise(spec, state, size, 32) for size in default_sizes(spec)]
    errors, cosines = [one.error for one in found], [one.cosine for one in found]
    assert errors == sorted(errors, reverse=True)
    assert cosines == sorted(cosines)
    assert errors[-1] < 1e-4
    assert cosines[-1] == pytest.approx(1)
    # a quarter of the points is about twice as wrong
    assert errors[0] / errors[2] == pytest.approx(2, rel=0.3)


def test_it_follows_from_the_state_and_leaves_it_alone() -> None:
    state, _ = run_slice(SPEC, start(SPEC), 3)
    before = state.to_plain()
    assert gradient_noise(SPEC, state, 8, 16) == gradient_noise(SPEC, state, 8, 16)
    assert state.to_plain() == before
    other = replace(SPEC, seed=1)
    assert gradient_noise(other, start(other), 8, 16) != gradient_noise(SPEC, start(SPEC), 8, 16)
    # not the minibatches that training meets next
    data, generator = featured(SPEC.data), state.generator.generator()
    batch = generator.permutation(len(data.y_train))[:8].tolist()
    (first,) = drawn_gradients(SPEC, state, 8, 1)
    assert not np.allclose(first, traced_gradient(SPEC, state, batch))


def test_without_a_gradient_there_is_nothing_to_stray_from() -> None:
    spec = TrainingSpec(
        "W = zeros(2, 1)\nloss = sum((X @ W)**2)", DataSpec("spiral", 3, 12, 0.2), batch_size=2
    )
    found = gradient_noise(spec, start(spec), 2, 4)
    assert found.error == inf
    assert isnan(found.cosine)


@pytest.mark.parametrize(
    ("size", "draws", "code"),
    [(0, 4, "out_of_range"), (46, 4, "out_of_range"), (8, 0, "out_of_range"), (8, 5000, "limit")],
)
def test_what_cannot_be_drawn_is_refused(size: int, draws: int, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        gradient_noise(SPEC, start(SPEC), size, draws)
    assert caught.value.code == code


def test_work_is_bounded_from_sizes_alone() -> None:
    large = TrainingSpec(write_program(2, (256, 256, 256), 3), DataSpec("spiral", 3, 2000, 0.2))
    with pytest.raises(EngineError) as caught:
        gradient_noise(large, start(SPEC), 1500, 100)
    assert caught.value.limit == "noise_operations"


def test_a_state_of_another_run_is_refused() -> None:
    with pytest.raises(InputError, match="not those of the spec"):
        gradient_noise(SPEC, start(WIRINGS["residual"]), 8, 2)

"""Statistics, counted again the long way: from the trace of every training point."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wirings import SPIRAL, WIRINGS

from engine import trace
from engine.learning import OptimizerSpec, Parts, StopSpec, frame, open_batch, run_slice, start
from engine.learning.features import featured
from engine.learning.hidden import hidden_layers
from engine.learning.network import network
from engine.learning.parts import ACTIVATIONS
from engine.learning.spec import TrainingSpec
from engine.limits import UNLIMITED


def over_all_points(spec: TrainingSpec, state):
    """The trace over the training points, with the loss as the output to start from."""
    data, net = featured(spec.data, spec.features), network(spec)
    graph = net.graph_of(len(data.y_train))
    graph = graph.with_output(graph.named(net.loss).key)
    return trace(graph, {**state.parameters, "X": data.X_train, "y": data.y_train}, limits=UNLIMITED)


@pytest.mark.parametrize("name", WIRINGS)
def test_parameters_and_their_gradients_are_those_of_the_next_minibatch(name: str) -> None:
    spec = replace(WIRINGS[name], dtype="float64")
    state, found = run_slice(spec, start(spec), 5)
    net = network(spec)
    batch = open_batch(spec, state)
    graph = net.graph_of(len(batch.points))
    reference = trace(graph.with_output(graph.named(net.loss).key), batch.inputs)
    assert [one.name for one in found.parameters] == list(state.parameters)
    for one in found.parameters:
        assert one.norm == pytest.approx(np.linalg.norm(state.parameters[one.name]), rel=1e-12)
        expected = np.linalg.norm(reference.gradients[one.name])
        assert one.gradient_norm == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", WIRINGS)
def test_layers_let_through_what_the_trace_over_all_points_says(name: str) -> None:
    spec = replace(WIRINGS[name], dtype="float64")
    state, found = run_slice(spec, start(spec), 5)
    reference = over_all_points(spec, state)
    layers = hidden_layers(network(spec))
    assert [one.name for one in found.layers] == [layer.name for layer in layers]
    for one, layer in zip(found.layers, layers, strict=True):
        if layer.local_edge is None:
            assert (one.dead, one.passes) == (None, None)
            continue
        local = reference.edges[layer.local_edge].local
        assert one.dead == sum(not any(local[:, unit]) for unit in range(layer.units))
        assert one.passes == pytest.approx(np.mean(np.abs(local)), rel=1e-9)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "linear"])
def test_every_activation_lets_through_its_derivative(activation: str) -> None:
    program = f"W = normal(2, 7, std=3)\nh = {activation}(X @ W)\nV = he(7, 3)\nscores = h @ V"
    spec = TrainingSpec(f"{program}\nloss = cross_entropy(scores, y)", SPIRAL)
    state = start(spec)
    layer = frame(spec, state).layers[0]
    reference = over_all_points(spec, state)
    (edge,) = reference.graph.nodes[reference.graph.names["h"]].incoming
    assert layer.passes == pytest.approx(np.mean(np.abs(reference.edges[edge].local)), rel=1e-5)


def test_units_that_no_point_passes_are_dead_and_a_saturated_sigmoid_is_too() -> None:
    dead = frame(WIRINGS["dead from the start"], start(WIRINGS["dead from the start"])).layers[0]
    assert (dead.dead, dead.passes) == (4, 0.0)
    program = "W = zeros(2, 2); b = zeros(2)\nh = sigmoid(X @ W + b)\nV = he(2, 3)\nscores = h @ V"
    spec = TrainingSpec(f"{program}\nloss = cross_entropy(scores, y)", SPIRAL)
    state = start(spec)
    # in float32 the sigmoid of 200 is 1, so that (1 - s) s is 0; of 0 it is 1/2, which passes a quarter
    state = replace(state, parameters={**state.parameters, "b": np.array([200, 0], np.float32)})
    layer = frame(spec, state).layers[0]
    assert layer.dead == 1
    assert layer.passes == pytest.approx(0.125)


def test_one_point_that_passes_is_enough() -> None:
    spec = TrainingSpec(
        "W = zeros(2, 1); b = zeros(1)\nh = relu(X @ W + b)\nV = he(1, 3)\nscores = h @ V"
        "\nloss = cross_entropy(scores, y)",
        SPIRAL,
    )
    x = np.sort(featured(spec.data).X_train[:, 0])
    for bias, dead in ((-(x[-1] + x[-2]) / 2, 0), (-x[-1] - 0.01, 1)):
        given = {**start(spec).parameters, "W": np.array([[1], [0]], np.float32)}
        given["b"] = np.array([bias], np.float32)
        assert frame(spec, replace(start(spec), parameters=given)).layers[0].dead == dead


@given(st.integers(1, 12), st.sampled_from(["sgd", "adam", "momentum"]))
@settings(max_examples=15)
def test_ratio_is_of_the_last_update_of_the_slice(updates: int, rule: str) -> None:
    spec = replace(WIRINGS["residual"], optimizer=OptimizerSpec(rule, 0.01), batch_size=8)
    before, _ = run_slice(spec, start(spec), updates - 1)
    after, found = run_slice(spec, start(spec), updates)
    for one in found.parameters:
        move = np.linalg.norm(np.float64(after.parameters[one.name]) - before.parameters[one.name])
        assert one.update_ratio == pytest.approx(move / one.norm, rel=1e-5)


def test_without_an_update_there_is_no_ratio_nor_of_a_zero() -> None:
    spec = WIRINGS["dead from the start"]
    assert {one.update_ratio for one in run_slice(spec, start(spec), 0)[1].parameters} == {None}
    ratios = {one.name: one.update_ratio for one in run_slice(spec, start(spec), 3)[1].parameters}
    # no gradient reaches it, so it stays at 0
    assert ratios["W1"] is None


def test_ratio_is_told_where_a_condition_ends_the_slice_and_where_an_update_is_refused() -> None:
    spec = replace(WIRINGS["residual"], stop=StopSpec("train_loss", "at_most", 100.0), batch_size=8)
    state, found = run_slice(spec, start(spec), 50)
    assert found.stopped is not None
    before, _ = run_slice(replace(spec, stop=None), start(spec), state.step - 1)
    move = np.linalg.norm(np.float64(state.parameters["W1"]) - before.parameters["W1"])
    assert found.parameters[0].update_ratio == pytest.approx(move / found.parameters[0].norm, rel=1e-5)
    assert {one.update_ratio for one in run_slice(spec, state, 5)[1].parameters} == {None}

    squares = "W = he(2, 1)\nloss = mean((X @ W)**2) + sum(W**2)"
    wild = TrainingSpec(squares, SPIRAL, OptimizerSpec("sgd", 1e5), 8)
    state, found = run_slice(wild, start(wild), 50)
    assert found.finished is not None
    assert state.step >= 1
    before, _ = run_slice(wild, start(wild), state.step - 1)
    move = np.linalg.norm(np.float64(state.parameters["W"]) - before.parameters["W"])
    assert found.parameters[0].update_ratio == pytest.approx(move / found.parameters[0].norm, rel=1e-5)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4), st.sampled_from(sorted(WIRINGS)))
@settings(max_examples=40, deadline=None)
def test_a_frame_is_the_same_however_slices_were_cut(cuts: list[int], name: str) -> None:
    spec, parts = replace(WIRINGS[name], batch_size=8), Parts(units=True, values=True)
    _, whole = run_slice(spec, start(spec), sum(cuts), parts)
    state, last = start(spec), None
    for cut in cuts:
        state, last = run_slice(spec, state, cut, parts)
    assert last is not None
    plain, expected = last.to_plain(), whole.to_plain()
    assert without_ratios(plain) == without_ratios(expected)
    assert without_ratios(frame(spec, state, parts).to_plain()) == without_ratios(expected)


def without_ratios(plain: dict) -> dict:
    statistics = [{**one, "update_ratio": None} for one in plain["parameters"]]
    return plain | {"parameters": statistics}

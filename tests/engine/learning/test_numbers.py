"""All numbers of a state: those of the trace of the next minibatch."""

from dataclasses import replace

import numpy as np
import pytest
from wirings import WIRINGS

from engine import trace
from engine.learning import Parts, network, open_batch, run_slice, start
from engine.learning.hidden import hidden_layers


@pytest.mark.parametrize("updates", [0, 5])
@pytest.mark.parametrize("name", WIRINGS)
def test_values_and_gradients_are_those_of_the_next_minibatch(name: str, updates: int) -> None:
    # with 8 a minibatch, the sixth and last of an epoch holds 5 points
    spec = replace(WIRINGS[name], dtype="float64", batch_size=8)
    state, frame = run_slice(spec, start(spec), updates, Parts(values=True))
    found, net = frame.values, network(spec)
    assert found is not None
    batch = open_batch(spec, state)
    graph = net.graph_of(len(batch.points))
    reference = trace(graph.with_output(graph.named(net.loss).key), batch.inputs)
    assert [one.name for one in found.parameters] == list(state.parameters)
    for one in found.parameters:
        np.testing.assert_array_equal(one.values, state.parameters[one.name])
        assert one.gradients.shape == one.values.shape == one.shape
        np.testing.assert_allclose(one.gradients, reference.gradients[one.name], rtol=1e-8, atol=1e-11)
    layers = [layer.name for layer in hidden_layers(net)]
    assert [one.name for one in found.units] == [*layers, *(["scores"] if net.has_scores else [])]
    for one in found.units:
        gradient = reference.gradient_of[graph.names[one.name]].reshape(len(batch.points), -1)
        expected = [np.sqrt(np.mean([g * g for g in column])) for column in gradient.T]
        np.testing.assert_allclose(one.gradients, expected, rtol=1e-8, atol=1e-11)


def test_the_plain_form_is_float32() -> None:
    spec = WIRINGS["residual"]
    _, frame = run_slice(spec, start(spec), 1, Parts(values=True))
    plain = frame.to_plain()["values"]
    sizes = [
        (one["name"], one["shape"], len(one["values"]), len(one["gradients"])) for one in plain["parameters"]
    ]
    assert sizes[:2] == [("W1", [2, 6], 48, 48), ("b1", [6], 24, 24)]
    assert [(one["name"], len(one["gradients"])) for one in plain["units"]] == [
        *(("h1", 24), ("h2", 24), ("scores", 12))
    ]
    norms = {one.name: one.gradient_norm for one in frame.parameters}
    for one in plain["parameters"]:
        gradients = np.frombuffer(one["gradients"], "<f4")
        assert np.linalg.norm(gradients) == pytest.approx(norms[one["name"]], rel=1e-5)

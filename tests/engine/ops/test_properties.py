"""Every op against finite differences, over shapes and broadcasting."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from programs import program_for

from engine import OPS, build, trace
from engine.autodiff.jacobian import jacobian

Draw = Callable[[st.SearchStrategy[Any]], Any]

COMPARISONS = {"less", "less_equal", "greater", "greater_equal", "equal", "not_equal"}
REDUCTIONS = {"sum", "mean", "prod", "max", "min", "var", "std", "norm", "logsumexp"}
ALONG_AXIS = {"softmax", "log_softmax"}
POSITIVE_ONLY = {"log", "log1p", "sqrt", "reciprocal"}
LABELLED = {"cross_entropy", "hinge_loss"}


def tensors(draw: Draw, shape: tuple[int, ...], positive: bool = False) -> np.ndarray[Any, Any]:
    """Distinct values, none within 0.02 of another or of zero: away from every kink."""
    count = int(np.prod(shape)) if shape else 1
    order = draw(st.permutations(range(count)))
    spread = (np.array(order) - (0 if positive else count // 2)) * 0.05 + 0.23
    return spread.reshape(shape)


def broadcastable(draw: Draw, count: int) -> list[tuple[int, ...]]:
    shapes = draw(npst.mutually_broadcastable_shapes(num_shapes=count, max_dims=3, min_side=1, max_side=3))
    return list(shapes.input_shapes)


def shapes_for(draw: Draw, name: str) -> tuple[list[tuple[int, ...]], dict[str, Any]]:
    """Shapes and options that fit the op."""
    side = st.integers(1, 3)
    any_shape = npst.array_shapes(min_dims=1, max_dims=3, max_side=3)
    if name == "matmul":
        n, m, k = draw(side), draw(side), draw(side)
        left, right = draw(st.sampled_from([((n, m), (m, k)), ((m,), (m, k)), ((n, m), (m,)), ((m,), (m,))]))
        batches = [
            ((), ()),
            ((2,), ()),
            ((), (2,)),
            ((2, 1), (1, 3)),
            ((1, 3), (2, 1)),
            ((3,), (2, 1)),
            ((2,), (2,)),
        ]
        one, other = draw(st.sampled_from(batches))
        return [one + left if len(left) > 1 else left, other + right if len(right) > 1 else right], {}
    if name == "outer":
        return [(draw(side),), (draw(side),)], {}
    if name in REDUCTIONS | ALONG_AXIS:
        shape = draw(any_shape)
        axis = draw(st.sampled_from([*range(-len(shape), len(shape))]))
        options: dict[str, Any] = {"axis": axis}
        if name in REDUCTIONS:
            options = {"axis": draw(st.sampled_from([None, axis])), "keepdims": draw(st.booleans())}
        return [shape], options
    if name == "reshape":
        shape = draw(any_shape)
        return [shape], {"shape": [-1]}
    if name == "stack":
        shape = draw(any_shape)
        return [shape] * draw(side), {"axis": draw(st.integers(-len(shape) - 1, len(shape)))}
    if name == "concatenate":
        rows, columns = draw(st.lists(side, min_size=1, max_size=3)), draw(side)
        return [(row, columns) for row in rows], {"axis": 0}
    if name == "index":
        return [(3, 4)], {"entries": draw(st.sampled_from([[1], [[0, 2, None], -1], [[None, None, -1]]]))}
    if name in {"mse", "bce_with_logits"}:
        return [draw(any_shape)] * 2, {}
    return broadcastable(draw, len(OPS[name].arguments)), {}


@pytest.mark.parametrize("name", sorted(set(OPS) - COMPARISONS))
@settings(max_examples=25)
@given(data=st.data())
def test_gradient_equals_finite_differences(name: str, data: st.DataObject) -> None:
    if name in LABELLED:
        rows, classes = data.draw(st.integers(1, 4)), data.draw(st.integers(2, 4))
        labels = data.draw(st.lists(st.integers(0, classes - 1), min_size=rows, max_size=rows))
        arguments = [tensors(data.draw, (rows, classes)), np.array(labels, dtype=float)]
        options: dict[str, Any] = {}
    else:
        shapes, options = shapes_for(data.draw, name)
        positive = name in POSITIVE_ONLY | {"power", "divide"}
        arguments = [tensors(data.draw, shape, positive) for shape in shapes]
    if name == "where":
        arguments[0] = (arguments[0] > 0).astype(float)
    if name == "clip":
        arguments[1], arguments[2] = arguments[1] - 0.011, arguments[2] + 0.107
    elif name in {"maximum", "minimum"}:
        arguments[1] = arguments[1] + 0.017
    inputs = {f"p{position}": np.asarray(value) for position, value in enumerate(arguments)}
    source = program_for(name, len(arguments), options)
    shape = build(source, {key: value.shape for key, value in inputs.items()}).output.shape
    upstream = np.linspace(0.5, 1.5, int(np.prod(shape)) if shape else 1).reshape(shape)
    traced = trace(source, inputs, upstream=upstream)
    for key, gradient in traced.gradients.items():
        assert gradient.shape == inputs[key].shape
        numerical = _central_difference(source, inputs, key, upstream)
        np.testing.assert_allclose(gradient, numerical, rtol=2e-5, atol=1e-7)


def _central_difference(source: str, inputs: dict[str, Any], key: str, upstream: Any) -> Any:
    numerical = np.zeros(inputs[key].shape)
    for position in np.ndindex(inputs[key].shape):
        values = []
        for sign in (1, -1):
            nudged = inputs[key].copy()
            nudged[position] += sign * 1e-5
            values.append(np.sum(trace(source, {**inputs, key: nudged}, upstream=upstream).value * upstream))
        numerical[position] = (values[0] - values[1]) / 2e-5
    return numerical


HANDS_ON = {"distributor", "router", "scale"}


@pytest.mark.parametrize(
    "name",
    sorted(
        name for name, op in OPS.items() if op.pattern in HANDS_ON and name not in LABELLED | {"leaky_relu"}
    ),
)
@settings(max_examples=15)
@given(data=st.data())
def test_a_pattern_says_what_the_gate_does_to_the_gradient(name: str, data: st.DataObject) -> None:
    """Of a distributor and a router no element changes its size, of a scale all by one factor."""
    pattern = OPS[name].pattern
    shapes, options = shapes_for(data.draw, name)
    arguments = [tensors(data.draw, shape) for shape in shapes]
    inputs = {f"p{position}": value for position, value in enumerate(arguments)}
    source = program_for(name, len(arguments), options)
    shape = build(source, {key: value.shape for key, value in inputs.items()}).output.shape
    traced = trace(source, inputs, upstream=np.full(shape, 3.0))
    for edge in traced.graph.edges:
        if edge.differentiable:
            sizes = set(np.abs(jacobian(traced, edge).matrix).ravel()) - {0.0}
            if pattern == "scale":
                assert len(sizes) == 1
            else:
                assert sizes <= ({1.0} if pattern == "distributor" else {1.0, 0.5})

"""The table as a whole: every record complete, every text usable."""

import re
import tracemalloc

import numpy as np
import pytest

from engine import OPS, EngineError, trace


@pytest.mark.parametrize("op", OPS.values(), ids=list(OPS))
def test_record_is_complete(op) -> None:
    assert op.doc.endswith(".")
    assert op.source
    assert op.symbol
    assert op.latex
    assert op.variadic or len(op.derivatives) == len(op.arguments)
    placeholders = set(re.findall(r"\{([a-z_0-9]+)\}", op.latex))
    assert placeholders & set(op.names(2)), "the formula names its arguments in braces"


@pytest.mark.parametrize("op", OPS.values(), ids=list(OPS))
def test_reductions_in_texts_name_their_axis(op) -> None:
    texts = [
        op.numpy,
        op.saved,
        *(op.derivative(i) and op.derivative(i).numpy for i in range(len(op.arguments))),
    ]
    for text in texts:
        for call in re.findall(r"np\.(?:sum|max|min)\(.*", text if isinstance(text, str) else ""):
            assert "axis=" in call, "the plan calls the ufunc's reduce, whose default axis is 0"


SPECIAL = [
    ("relu(x)", {"x": 0.0}, 0.0, {"x": 0.0}),
    ("abs(x)", {"x": 0.0}, 0.0, {"x": 0.0}),
    ("maximum(a, b)", {"a": 2.0, "b": 2.0}, 2.0, {"a": 0.5, "b": 0.5}),
    ("max(0, x)", {"x": 0.0}, 0.0, {"x": 0.5}),
    ("minimum(a, b)", {"a": 2.0, "b": 2.0}, 2.0, {"a": 0.5, "b": 0.5}),
    ("clip(x, 0, 1)", {"x": 1.0}, 1.0, {"x": 0.0}),
    ("max(x)", {"x": [1.0, 3.0, 3.0]}, 3.0, {"x": [0.0, 0.5, 0.5]}),
    ("sqrt(x)", {"x": 0.0}, 0.0, {"x": np.inf}),
    ("norm(x)", {"x": [0.0, 0.0]}, 0.0, {"x": [0.0, 0.0]}),
    ("std(x)", {"x": [1.0, 1.0]}, 0.0, {"x": [0.0, 0.0]}),
    ("x**0", {"x": 0.0}, 1.0, {"x": 0.0}),
    ("a**b", {"a": 0.0, "b": 0.0}, 1.0, {"a": 0.0, "b": 0.0}),
    ("a**b", {"a": -2.0, "b": 2.5}, np.nan, {"a": np.nan, "b": np.nan}),
    ("x**2", {"x": -4.0}, 16.0, {"x": -8.0}),
    ("1/(1+exp(-x))", {"x": -1000.0}, 0.0, {"x": np.nan}),
    ("sigmoid(x)", {"x": -1000.0}, 0.0, {"x": 0.0}),
    ("sigmoid(x)", {"x": 1000.0}, 1.0, {"x": 0.0}),
    ("logsumexp(x)", {"x": [1000.0, 1000.0]}, 1000 + np.log(2), {"x": [0.5, 0.5]}),
    ("softplus(x)", {"x": 1000.0}, 1000.0, {"x": 1.0}),
    ("leaky_relu(x)", {"x": 0.0}, 0.0, {"x": 0.01}),
    ("elu(x)", {"x": 0.0}, 0.0, {"x": 1.0}),
    ("prod(x)", {"x": [0.0, 2.0, 3.0]}, 0.0, {"x": [6.0, 0.0, 0.0]}),
    ("logsumexp(exp(x))", {"x": [1000.0, 0.0]}, np.inf, {"x": [np.nan, np.nan]}),
    ("9**9**9", {}, np.inf, {}),
    ("1/x", {"x": 0.0}, np.inf, {"x": -np.inf}),
]


@pytest.mark.parametrize(("source", "inputs", "value", "gradients"), SPECIAL, ids=[row[0] for row in SPECIAL])
def test_special_values(source, inputs, value, gradients) -> None:
    traced = trace(source, inputs)
    np.testing.assert_array_equal(traced.value, value)
    assert traced.gradients.keys() == gradients.keys()
    for name, gradient in gradients.items():
        np.testing.assert_array_equal(traced.gradients[name], gradient)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("cross_entropy([1, 2], 2)", "bad_label"),
        ("cross_entropy([1, 2], 0.5)", "bad_label"),
        ("cross_entropy([1, 2], -1)", "bad_label"),
        ("cross_entropy([[1, 2]], [0, 1])", "labels_do_not_fit"),
        ("[1, 2] @ [1, 2, 3]", "inner_sizes_differ"),
        ("[1, 2] @ 3", "scalar_in_matmul"),
        ("[1, 2] + [1, 2, 3]", "cannot_broadcast"),
        ("sum([1, 2], axis=1)", "bad_axis"),
        ("sum([1, 2], axis=(0, 0))", "repeated_axis"),
        ("sum([1, 2], [0, 0])", "repeated_axis"),
        ("sum([1, 2], [[0, 0]])", "option_not_literal"),
        ("reshape([1, 2], [[1, 2]], [1, 2])", "wrong_number_of_arguments"),
        ("reshape([1, 2], 1.5)", "bad_option"),
        ("reshape([1, 2], 3)", "cannot_reshape"),
        ("reshape([1, 2], -2)", "cannot_reshape"),
        ("reshape(1, (-1, -1))", "cannot_reshape"),
        ("reshape([1, 2], 0, -1)", "cannot_reshape"),
        ("mse([1, 2], [1])", "shapes_differ"),
        ("outer(1, 2)", "not_vectors"),
        ("softmax(1)", "scalar_without_axis"),
        ("concatenate([1, 2])", "scalar_without_axis"),
        ("stack([[1, 2], [3]])", "cannot_join"),
        ("[1, 2][2]", "bad_index"),
        ("[1, 2][2:]", "empty"),
        ("[1, 2][::0]", "bad_index"),
        ("[1, 2][0, 0]", "bad_index"),
    ],
)
def test_mistakes_are_named_where_they_are(source: str, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        trace(source)
    assert caught.value.code == code
    assert caught.value.span is not None


def test_a_product_over_broadcast_batches_goes_back_without_a_larger_tensor() -> None:
    """(128, 1, 1, 64) @ (1, 128, 64, 1): the gradient of one factor before summing would take 8 MiB."""
    a, b = np.ones((128, 1, 1, 64)), np.ones((1, 128, 64, 1))
    traced = trace("a @ b", {"a": a, "b": b}, upstream=np.ones((128, 128, 1, 1)))
    np.testing.assert_array_equal(traced.gradients["a"], np.full(a.shape, 128.0))
    np.testing.assert_array_equal(traced.gradients["b"], np.full(b.shape, 128.0))
    tracemalloc.start()
    try:
        trace("a @ b", {"a": a, "b": b}, upstream=np.ones((128, 128, 1, 1)))
        assert tracemalloc.get_traced_memory()[1] < 2**20 * 2
    finally:
        tracemalloc.stop()


def test_log_softmax_keeps_its_logarithm_beside_large_scores() -> None:
    np.testing.assert_allclose(trace("sum(log_softmax([1e17, 1e17]))").value, -2 * np.log(2))
    np.testing.assert_allclose(trace("cross_entropy([1e17, 1e17], 0)").value, np.log(2))

"""From program to graph: order, names, keys, shapes, limits."""

import numpy as np
import pytest

from engine import EngineError, build, limits, trace
from engine.errors import LimitError
from engine.graph.patterns import pattern


def test_nodes_and_edges_in_written_order() -> None:
    graph = build("f = (x + y) * z", {"x": (), "y": (), "z": ()})
    assert [(node.id, node.op, node.name) for node in graph.nodes] == [
        ("n0", "input", "x"),
        ("n1", "input", "y"),
        ("n2", "input", "z"),
        ("n3", "add", None),
        ("n4", "multiply", "f"),
    ]
    assert [(edge.source, edge.target, edge.argument) for edge in graph.edges] == [
        (0, 3, 0),
        (1, 3, 1),
        (3, 4, 0),
        (2, 4, 1),
    ]


def test_square_written_as_product_has_two_edges() -> None:
    graph = build("x*x", {"x": ()})
    assert [(edge.source, edge.argument) for edge in graph.edges] == [(0, 0), (0, 1)]


def test_keys_stay_under_edits_elsewhere() -> None:
    before = build("q = x + y\nf = exp(q) * 2", {"x": (), "y": ()})
    after = build("p = sin(x)\nq = x + y\nf = exp(q) * 2 + 0*p", {"x": (), "y": ()})
    kept = {node.key for node in before.nodes} & {node.key for node in after.nodes}
    assert {"x", "y", "q", "f"} <= kept
    assert any(key.startswith("f:exp") for key in kept)
    for graph in (before, after):
        keys = [node.key for node in graph.nodes]
        assert len(keys) == len(set(keys))


def test_shapes_are_inferred_and_may_be_overridden() -> None:
    source = "X = [[1, 2]]\nW = he(2, 3)\nb = zeros(3)\nX @ W + b"
    assert build(source).output.shape == (1, 3)
    assert build(source, {"X": (5, 2)}).output.shape == (5, 3)


def test_labels_and_conditions_carry_no_gradient() -> None:
    graph = build("s = x * 2\ncross_entropy(s, y) + where(c > 0, 1, 2)", {"x": (3,), "y": (), "c": ()})
    has = {node.name: node.differentiable for node in graph.inputs}
    assert has == {"x": True, "y": False, "c": False}


def test_initial_values_follow_the_seed_and_the_name_alone() -> None:
    one = build("W1 = he(2, 3)\nW2 = xavier(3, 2)\nsum(W1 @ W2)").initial_values(7)
    two = build("V = normal(4, std=0.5)\nW2 = xavier(3, 2)\nsum(W2) + sum(V)").initial_values(7)
    np.testing.assert_array_equal(one["W2"], two["W2"])
    assert not np.array_equal(one["W2"], build("W2 = xavier(3, 2)\nsum(W2)").initial_values(8)["W2"])


@pytest.mark.parametrize(
    ("source", "mean", "std", "bound"),
    [
        ("he(400, 100)", 0, np.sqrt(2 / 400), None),
        ("xavier(400, 100)", 0, np.sqrt(2 / 500), np.sqrt(6 / 500)),
        ("normal(400, 100, std=0.3)", 0, 0.3, None),
        ("uniform(400, 100, low=1, high=3)", 2, 2 / np.sqrt(12), 3),
        ("ones(400, 100)", 1, 0, None),
        ("zeros(400, 100)", 0, 0, None),
    ],
)
def test_initializers_have_the_spread_they_promise(source, mean, std, bound) -> None:
    values = build(f"W = {source}\nsum(W)").initial_values(0)["W"]
    assert values.mean() == pytest.approx(mean, abs=0.02)
    assert values.std() == pytest.approx(std, rel=0.02, abs=1e-12)
    if bound is not None:
        assert np.abs(values).max() <= bound


@pytest.mark.parametrize(
    ("source", "shapes", "pattern_of_output"),
    [
        ("x + y", {"x": (), "y": ()}, "distributor"),
        ("x * y", {"x": (), "y": ()}, "swap"),
        ("2 * x", {"x": ()}, "scale"),
        ("x / 2", {"x": ()}, "scale"),
        ("2 / x", {"x": ()}, None),
        ("max(x, y)", {"x": (), "y": ()}, "router"),
        ("relu(x)", {"x": ()}, "router"),
        ("sigmoid(x)", {"x": ()}, "saturating"),
        ("x @ y", {"x": (2,), "y": (2,)}, "mix"),
        ("exp(x)", {"x": ()}, None),
        ("2 * 3", {}, None),
    ],
)
def test_pattern(source, shapes, pattern_of_output) -> None:
    graph = build(source, shapes)
    assert pattern(graph, graph.output) == pattern_of_output


@pytest.mark.parametrize(
    ("source", "code", "marked", "hint"),
    [
        ("x + y", "missing_input", "x", "x = 2"),
        ("sofmax([1])", "unknown_function", "sofmax", "softmax"),
        ("qqqq(1)", "unknown_function", "qqqq", "help"),
        ("ReLU(1)", "unknown_function", "ReLU", "`relu`"),
        ("np.ln(1)", "unknown_function", "np.ln", "`log`"),
        ("index([1, 2], 0)", "unknown_function", "index", "help"),
        ("weights = 2\nweigths * 3", "missing_input", "weigths", "did you mean `weights`?"),
        ("sum = 3", "reserved_name", "sum", "another name"),
        ("π = 3\nπ * 2", "reserved_name", "π", "another name"),
        ("True = 3\n2", "reserved_name", "True", "another name"),
        ("relu + 1", "reserved_name", "relu", "relu(...)"),
        ("f = q + 1\nq = 2", "used_before_value", "q", "move the line"),
        ("a = 1\na = 2", "declared_twice", "2", "another name"),
        ("a = 2\na = a * 3\na = 5", "declared_twice", "5", "another name"),
        ("exp(1, 2)", "wrong_number_of_arguments", "exp(1, 2)", "exp(x)"),
        ("sum([1], axes=0)", "unknown_keyword", "axes=0", "axis"),
        ("sum([1], keepdims=2)", "bad_option", "sum([1], keepdims=2)", "keepdims=False"),
        ("zeros(2) + 1", "initializer_in_expression", "zeros(2)", "line of its own"),
        ("leaky_relu([1], 1e308, slope=2)", "given_twice", "slope=2", "leave one"),
        ("sum([1, 2], [0.5])", "option_not_literal", "[0.5]", "sum(x, axis=None"),
        ("sum([1], axis=x)", "option_not_literal", "x", "sum(x, axis=None"),
        ("sum([1], axis=(0, 0.5))", "option_not_literal", "(0, 0.5)", "sum(x, axis=None"),
        ("clip()", "wrong_number_of_arguments", "clip()", "clip(x, low, high)"),
        ("clip([1], 0)", "missing_argument", "clip([1], 0)", "clip(x, low, high)"),
        ("clip([1], high=2)", "missing_argument", "clip([1], high=2)", "clip(x, low, high)"),
        ("clip([1], 0, low=1)", "given_twice", "low=1", "leave one"),
        ("clip([1], lo=0, high=1)", "unknown_keyword", "lo=0", "`x`, `low`, `high`"),
        ("clip(x=[1], low=0, high=1, 2)", "positional_after_keyword", "2", "first"),
        ("where(condition=True, a=1, b=2)", "not_a_value", "where(condition=True, a=1, b=2)", "where(cond"),
        ("q = negative()\nq", "wrong_number_of_arguments", "negative()", "-x"),
        ("stack()", "wrong_number_of_arguments", "stack()", "stack([x0, x1], axis=0)"),
        ("stack([1, 2], 0, 1)", "wrong_number_of_arguments", "stack([1, 2], 0, 1)", "stack([x0"),
        ("reshape([1, 2], shape=None)", "bad_option", "reshape([1, 2], shape=None)", "reshape(x, shape)"),
        ("W = uniform(2, low=3, high=1)\nW", "bad_option", "uniform(2, low=3, high=1)", "exchange"),
        ("W = normal(2, std=1e308)\nW", "bad_option", "std=1e308", "finite"),
        ("W = he(2.5)\nW", "bad_size", "2.5", "he(2, 16)"),
        ("W = he(2, std=1)\nW", "unknown_keyword", "std=1", "none"),
        ("x = [[1, 2], [3]]\nx", "ragged", "[3]", "every row"),
        ("a = 1\nx = [a]\nx", "not_a_number", "a", "number itself"),
        (
            "[[1, 2, 3], [4, 5, 6]] @ [[1, 2]]",
            "inner_sizes_differ",
            "[[1, 2, 3], [4, 5, 6]] @ [[1, 2]]",
            ".T",
        ),
        ("x = [1, 2]\nreshape(x, x)", "option_not_literal", "x", "reshape(x, shape)"),
    ],
)
def test_mistake(source: str, code: str, marked: str, hint: str) -> None:
    with pytest.raises(EngineError) as caught:
        build(source)
    error = caught.value
    assert error.code == code
    assert error.span is not None
    assert source[slice(*error.span)] == marked
    assert hint in (error.hint or "")


def test_what_is_pasted_from_numpy_means_what_it_means_there() -> None:
    assert build("W = np.zeros((2, 3))\nW").output.shape == (2, 3)
    assert build("x.max(0)", {"x": (2, 3)}).output.shape == (3,)
    assert build("np.max(x, 0)", {"x": (2, 3)}).output.shape == (3,)
    assert build("np.max(x, y)", {"x": (2, 3), "y": ()}).output.op == "maximum"
    assert build("max(x, 0)", {"x": (2, 3)}).output.op == "maximum"
    assert build("np.linalg.norm(x)", {"x": (2, 3)}).output.op == "norm"


@pytest.mark.parametrize(
    ("named", "by_place"),
    [
        ("clip(high=h, low=x, x=y)", "clip(y, x, h)"),
        ("clip(y, high=h, low=x)", "clip(y, x, h)"),
        ("where(b=x * 2, a=y, condition=y > x)", "where(y > x, y, x * 2)"),
        ("cross_entropy(y=x, scores=y)", "cross_entropy(y, x)"),
        ("matmul(b=W, a=y)", "y @ W"),
        ("y.clip(high=h, low=x)", "clip(y, x, h)"),
        ("hinge_loss(margin=0.5, y=x, scores=y)", "hinge_loss(y, x, 0.5)"),
        ("sum(keepdims=True, x=y, axis=(0,))", "sum(y, axis=0, keepdims=True)"),
        ("reshape(shape=(1, 3), x=y)", "reshape(y, 1, 3)"),
        ("add(b=x, a=h)", "h + x"),
    ],
)
def test_arguments_may_be_named_and_keep_the_ops_order(named: str, by_place: str) -> None:
    shapes = {"x": (), "y": (3,), "h": (), "W": (3, 2)}
    one, other = build(named, shapes), build(by_place, shapes)
    for graph in (one, other):
        into = [graph.edges[index] for index in graph.output.incoming]
        assert [edge.argument for edge in into] == list(range(len(into)))
    sources = [
        [graph.nodes[graph.edges[index].source].key for index in graph.output.incoming]
        for graph in (one, other)
    ]
    assert sources[0] == sources[1]
    assert (one.output.op, one.output.shape) == (other.output.op, other.output.shape)


def test_named_arguments_have_gradients_where_they_belong() -> None:
    source = "clip(high=h, x=x, low=l)"
    traced = trace(source, {"x": [-2.0, 0.5, 3.0], "l": -1.0, "h": 1.0}, upstream=[1, 1, 1])
    assert {name: gradient.tolist() for name, gradient in traced.gradients.items()} == {
        "x": [0, 1, 0],
        "l": 1,
        "h": 1,
    }
    assert source[slice(*traced.graph.output.span)] == source


def test_missing_inputs_are_named_all_at_once() -> None:
    with pytest.raises(EngineError) as caught:
        build("a*b + c", {"b": ()})
    assert caught.value.parameters == {"names": ["a", "c"]}


def test_inner_sizes_are_named() -> None:
    with pytest.raises(
        EngineError, match=r"cannot multiply \(3, 4\) by \(3, 2\): inner sizes 4 and 3 differ"
    ):
        build("A @ B", {"A": (3, 4), "B": (3, 2)})


def test_a_computed_name_cannot_be_given_a_value() -> None:
    with pytest.raises(EngineError) as caught:
        build("q = x + 1\nq * 2", {"x": (), "q": ()})
    assert caught.value.code == "computed_name"


@pytest.mark.parametrize(
    ("source", "shapes", "limit"),
    [
        ("+".join(["x"] * 600), {"x": ()}, "nodes"),
        ("zeros_ = zeros(1000000000, 1000000000)\nsum(zeros_)", {}, "tensor_elements"),
        ("outer(x, x)", {"x": (10_000,)}, "tensor_elements"),
        ("+".join(["x"] * 200), {"x": (65_000,)}, "total_elements"),
        ("[[[[[1]]]]]", {}, "rank"),
        ("sum(X @ W)", {"X": (256, 256), "W": (256, 256)}, None),
        ("X @ W @ W @ W @ W @ W @ W @ W", {"X": (256, 256), "W": (256, 256)}, "operations"),
    ],
)
def test_limits_are_checked_from_shapes_alone(source, shapes, limit) -> None:
    if limit is None:
        build(source, shapes)
        return
    with pytest.raises(LimitError) as caught:
        build(source, shapes)
    assert caught.value.limit == limit
    assert caught.value.actual is not None
    assert caught.value.allowed is not None
    assert caught.value.actual > caught.value.allowed


def test_a_long_chain_builds_without_recursion() -> None:
    source = "x = 1\n" + "\n".join(f"x{i} = {'x' if i == 0 else f'x{i - 1}'} + 1" for i in range(5_000))
    graph = build(source, limits=limits.UNLIMITED)
    assert len(graph.edges) == 10_000
    assert len(build("+".join(["x"] * 5_000), {"x": ()}, limits.UNLIMITED).edges) == 9_998

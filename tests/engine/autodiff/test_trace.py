"""The trace: the lecture's rows, fan-out, broadcasting, seeds, notes."""

import pickle

import numpy as np
import pytest

from engine import EngineError, Plan, build, limits, trace
from engine.autodiff.selection import lump_selection
from engine.errors import LimitError


def test_lecture_row_1() -> None:
    traced = trace("q = x + y\nf = q * z", {"x": -2, "y": 5, "z": -4})
    assert traced.value == -12
    assert traced.gradients == {"x": -4, "y": -4, "z": 3}
    q = traced.graph.named("q")
    assert q is not None
    assert (traced.values[q.index], traced.gradient_of[q.index]) == (3, -4)
    assert [(step.node, step.edges) for step in traced.backward] == [(4, (2, 3)), (3, (0, 1))]
    factors = [(float(e.upstream), float(e.local), float(e.downstream)) for e in traced.edges]  # type: ignore[arg-type]
    assert factors == [(-4, 1, -4), (-4, 1, -4), (1, -4, -4), (1, 3, 3)]


def test_lecture_row_2() -> None:
    traced = trace("1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3})
    gates = [node for node in traced.graph.nodes if node.is_gate]
    values = [round(float(traced.values[node.index]), 4) for node in gates]
    assert values == [-2, 6, 4, 1, -1, 0.3679, 1.3679, 0.7311]
    gradients = [round(float(traced.gradient_of[node.index]), 4) for node in reversed(gates)]  # type: ignore[arg-type]
    assert gradients == [1, -0.5344, -0.5344, -0.1966, 0.1966, 0.1966, 0.1966, 0.1966]
    rounded = {name: round(float(gradient), 4) for name, gradient in traced.gradients.items()}
    assert rounded == {"w0": -0.1966, "x0": 0.3932, "w1": -0.3932, "x1": -0.5898, "w2": 0.1966}


@pytest.mark.parametrize(
    ("source", "inputs", "gradients"),
    [
        ("2 * (x + y)", {"x": 3, "y": 4}, {"x": 2, "y": 2}),
        ("5 * (x * y)", {"x": 2, "y": 3}, {"x": 15, "y": 10}),
        ("4 * x + 2 * x", {"x": 1}, {"x": 6}),
        ("9 * max(x, y)", {"x": 4, "y": 5}, {"x": 0, "y": 9}),
    ],
)
def test_lecture_row_4(source, inputs, gradients) -> None:
    assert trace(source, inputs).gradients == gradients


def test_square_over_two_edges() -> None:
    traced = trace("x*x", {"x": 3})
    assert traced.gradients == {"x": 6}
    assert [float(edge.downstream) for edge in traced.edges] == [3, 3]  # type: ignore[arg-type]


def test_diamond_adds_up() -> None:
    traced = trace("a = 2*x\nb = a*a\nc = exp(a)\nd = b + c", {"x": 0.5})
    assert traced.gradients["x"] == pytest.approx(2 * (2 * 1 + np.e))


def test_relu_on_a_vector_with_a_seed() -> None:
    traced = trace("relu(x)", {"x": [1, -2, 3, -1]}, upstream=[4, -1, 5, 9])
    assert traced.gradients["x"].tolist() == [4, 0, 5, 0]
    assert not np.signbit(traced.gradients["x"]).any()


def test_every_gradient_has_its_variables_shape() -> None:
    inputs = {"X": np.ones((4, 3)), "W": np.ones((3, 2)), "b": np.ones(2), "s": 2.0}
    traced = trace("sum(s * (X @ W + b))", inputs)
    for name, gradient in traced.gradients.items():
        assert gradient.shape == np.shape(inputs[name])
    for node in traced.graph.nodes:
        gradient = traced.gradient_of[node.index]
        assert gradient is None or gradient.shape == node.shape
    kinds = {edge.kind for edge in traced.edges}
    assert kinds == {"elementwise", "jacobian"}


def test_broadcasting_is_undone_and_shown() -> None:
    traced = trace("sum(X * b + c)", {"X": [[1, 2], [3, 4]], "b": [10, 20], "c": [[5], [6]]})
    assert [edge.summed for edge in traced.edges] == [(), (0,), (), (1,), ()]
    np.testing.assert_array_equal(traced.gradients["b"], [4, 6])
    np.testing.assert_array_equal(traced.gradients["c"], [[2], [2]])


def test_constants_and_labels_have_no_gradient() -> None:
    traced = trace("x**2 + cross_entropy([1, 2], y)", {"x": -4, "y": 1})
    assert traced.gradients == {"x": -8}
    kinds = [edge.kind for edge in traced.edges]
    assert kinds.count("none") == 4
    assert not traced.notes


def test_an_unused_input_is_noted_and_has_gradient_zero() -> None:
    traced = trace("a = 2\nb = a * 3\nf = x * 2", {"x": 1, "z": 7})
    assert traced.gradients == {"x": 2, "a": 0}
    assert [(note.code, note.parameters["name"]) for note in traced.notes] == [
        ("unused", "a"),
        ("unused", "b"),
        ("unused_input", "z"),
    ]


def test_an_unused_gate_does_not_disturb_gradients() -> None:
    traced = trace("a = log(x)\nf = x * 2", {"x": 0})
    assert traced.gradients == {"x": 2}


def test_no_gradient_passes_through_a_condition() -> None:
    assert trace("where(1/x > 0, x, 2*x)", {"x": 0}).gradients == {"x": 1}


def test_zero_to_the_zero_is_a_kink_in_its_exponent_alone() -> None:
    def says(source: str) -> list[str]:
        return [note.message for note in trace(source).notes]

    (message,) = says("x = 0\nx**x")
    assert "exponent" in message
    assert says("x = 0\n2 * x**0") == says("x = 0; y = 2\nx**y") == []


def test_asking_twice_gives_the_same_answer() -> None:
    source, inputs = "x*x + exp(x)", {"x": 1.5}
    first, second = trace(source, inputs), trace(source, inputs)
    assert first.gradients == second.gradients
    assert trace(first.graph, inputs).gradients == first.gradients


def test_a_program_without_inputs() -> None:
    traced = trace("2 * 3")
    assert traced.value == 6
    assert traced.gradients == {}
    assert traced.backward == ()


def test_the_output_may_be_an_input() -> None:
    assert trace("x = 3").gradients == {"x": 1}
    assert trace("y = x", {"x": 3}).gradients == {"x": 1}


@pytest.mark.parametrize(
    ("source", "inputs", "notes"),
    [
        ("x / 0", {"x": 1}, ["infinity", "gradient_infinity"]),
        ("0 / x", {"x": 0}, ["nan", "gradient_nan"]),
        ("log(x)", {"x": -1}, ["nan"]),
        ("1 / (1 + exp(-x))", {"x": -1000}, ["infinity", "gradient_nan"]),
        ("sigmoid(x)", {"x": -1000}, []),
        ("relu(x)", {"x": 0}, ["kink"]),
        ("max(x, y)", {"x": 1, "y": 1}, ["kink"]),
        ("9**9**9", {}, ["infinity"]),
        (
            "exp(x) - exp(x)",
            {"x": 1000},
            ["infinity", "infinity", "nan", "gradient_infinity", "gradient_infinity", "gradient_nan"],
        ),
    ],
)
def test_notes_name_the_first_gate_where_it_went_wrong(source, inputs, notes) -> None:
    assert [note.code for note in trace(source, inputs).notes] == notes


@pytest.mark.parametrize(
    ("source", "inputs", "words"),
    [
        (
            "sin(1 / x)",
            {"x": 0},
            "not a number (NaN): it has no value at infinity",
        ),
        ("sum([1e308, 1e308] * x)", {"x": 1}, "larger than a float can hold"),
        ("mse(x, 1e200)", {"x": 0}, "larger than a float can hold"),
        ("u = 1 / x\nsum(stack([u, -u]))", {"x": 0}, "no value at infinity"),
        ("log(x * 0)", {"x": 1}, "an infinite upstream meets a local gradient of 0"),
        ("1 / x - 1 / x", {"x": 0}, "gradients of `x` that come back over several edges add up to NaN"),
        ("1e308 * x + 1e308 * x", {"x": 1}, "`x` that come back over several edges add up to infinity"),
    ],
)
def test_notes_say_what_went_wrong(source, inputs, words) -> None:
    assert words in " ".join(note.message for note in trace(source, inputs).notes)


def test_notes_say_why() -> None:
    messages = [note.message for note in trace("1 / (1 + exp(-x))", {"x": -1000}).notes]
    assert "e to a power above 709.78" in messages[0]
    assert "0 times an infinite local gradient" in messages[1]


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"x": "2"}, "not_a_number"),
        ({"x": True}, "not_a_number"),
        ({"x": [1, [2]]}, "ragged"),
        ({"x": []}, "empty"),
        ({"x": float("nan")}, "not_finite"),
        ({"x": 10**400}, "not_a_number"),
        ({"x": None}, "not_a_number"),
        ({"x": [[[[[1]]]]]}, "limit"),
        ({"x": [1, 2]}, "output_not_scalar"),
    ],
)
def test_bad_inputs_are_named(inputs, code) -> None:
    with pytest.raises(EngineError) as caught:
        trace("x * 2", inputs)
    assert caught.value.code == code


@pytest.mark.parametrize("seed", [-1, 1.5, "a", None])
def test_a_seed_is_a_whole_number(seed) -> None:
    with pytest.raises(EngineError) as caught:
        trace("W = normal(2); sum(W)", seed=seed)
    assert caught.value.code == "bad_seed"
    assert (
        trace("W = normal(2); sum(W)", seed=np.int64(3)).value == trace("W = normal(2); sum(W)", seed=3).value
    )


def test_a_large_integer_is_a_number() -> None:
    answer = trace("sum(x * x)", {"x": [10**30, 2]})
    assert answer.value == pytest.approx(1e60)
    np.testing.assert_array_equal(answer.gradients["x"], [2e30, 4])


def test_an_error_is_one_short_line_whatever_a_name_holds() -> None:
    for name in ("a\nb", "a" * 3_000):
        for ask in (
            lambda name=name: trace("x = 1", {name: []}),
            lambda name=name: build("x = 1\nx * 2").with_output(name),
            lambda name=name: lump_selection(build("x = 1\nx * 2"), [name], "f"),
            lambda name=name: Plan(build("x = 1"), [name]),
        ):
            with pytest.raises(EngineError) as caught:
                ask()
            assert len(caught.value.detail) < 150
            assert caught.value.detail.isprintable()


def test_a_seed_must_have_the_outputs_shape() -> None:
    with pytest.raises(EngineError) as caught:
        trace("x * 2", {"x": [1, 2]}, upstream=[1])
    assert caught.value.code == "upstream_shape"


def test_errors_survive_pickling() -> None:
    error = LimitError("nodes", 600, 512, span=(1, 2))
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (again.code, again.limit, again.actual, again.allowed, again.span) == (
        "limit",
        "nodes",
        600,
        512,
        (1, 2),
    )
    assert str(again) == str(error)


def test_a_chain_of_gates_needs_no_recursion() -> None:
    source = "x0 = 1\n" + "\n".join(f"x{i + 1} = x{i} * 1.0001" for i in range(3_000))
    traced = trace(source, limits=limits.UNLIMITED)
    assert traced.gradients["x0"] == pytest.approx(1.0001**3000)

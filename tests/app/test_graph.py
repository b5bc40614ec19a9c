"""`POST /api/v1/graph` in the contract's shape, with the lecture's numbers."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from app.schemas.graph import GraphAnswer

pytestmark = pytest.mark.anyio

Post = Callable[..., Awaitable[httpx.Response]]
Problem = Callable[[httpx.Response, int, str], dict[str, Any]]


def edges_into(answer: dict[str, Any], node: str) -> list[dict[str, Any]]:
    return [edge for edge in answer["edges"] if edge["target"] == node]


def node_named(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(node for node in answer["nodes"] if node["name"] == name)


async def test_answer_has_the_contract_shape(graph: Post) -> None:
    response = await graph("f = (x + y) * z", inputs={"x": -2, "y": 5, "z": -4})
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert list(answer) == [
        *("output", "output_node", "value", "gradients", "nodes", "edges", "forward", "backward", "notes"),
        *("statements", "lumpable"),
    ]
    assert answer["output"] == "f"
    assert answer["value"] == -12.0
    assert answer["gradients"] == {"x": -4.0, "y": -4.0, "z": 3.0}
    assert answer["forward"] == [node["id"] for node in answer["nodes"]]
    assert answer["notes"] == []
    x = node_named(answer, "x")
    assert x == {
        "id": x["id"],
        "key": "x",
        "op": "input",
        "name": "x",
        "shape": [],
        "value": -2.0,
        "gradient": -4.0,
        "pattern": None,
        "span": [5, 6],
        "formula": None,
        "declared": "free",
        "members": [],
    }
    output = node_named(answer, "f")
    assert output["id"] == answer["output_node"]
    assert output["pattern"] == "swap"
    first, second = edges_into(answer, output["id"])
    assert list(first) == [
        *("id", "key", "source", "target", "argument", "shape"),
        *("upstream", "local", "downstream", "local_kind", "summed", "formula"),
    ]
    assert (first["argument"], first["upstream"], first["local"], first["downstream"]) == (0, 1.0, -4.0, -4.0)
    assert (second["argument"], second["upstream"], second["local"], second["downstream"]) == (
        1,
        1.0,
        3.0,
        3.0,
    )
    assert answer["backward"][0] == {"node": output["id"], "edges": [first["id"], second["id"]]}


async def test_every_gate_holds_upstream_times_local(graph: Post) -> None:
    answer = (await graph("f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", inputs=L2)).json()
    gradient = {node["id"]: node["gradient"] for node in answer["nodes"]}
    for edge in answer["edges"]:
        if edge["local_kind"] == "elementwise":
            assert edge["upstream"] == gradient[edge["target"]]
            assert edge["downstream"] == pytest.approx(edge["upstream"] * edge["local"])


L2 = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}


async def test_neuron_shows_the_lecture_figures_gate_by_gate(graph: Post) -> None:
    answer = (await graph("f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", inputs=L2)).json()
    gates = [node for node in answer["nodes"] if node["op"] not in ("input", "constant")]
    forward = [-2, 6, 4, 1, -1, 0.3679, 1.3679, 0.7311]
    assert [gate["value"] for gate in gates] == pytest.approx(forward, abs=5e-5)
    backward = [0.1966, 0.1966, 0.1966, 0.1966, -0.1966, -0.5344, -0.5344, 1]
    assert [gate["gradient"] for gate in gates] == pytest.approx(backward, abs=5e-5)
    expected = {"w0": -0.1966, "x0": 0.3932, "w1": -0.3932, "x1": -0.5898, "w2": 0.1966}
    assert answer["gradients"] == pytest.approx(expected, abs=5e-5)


async def test_x_times_x_has_two_edges_that_add_up(graph: Post) -> None:
    answer = (await graph("x*x", inputs={"x": 3})).json()
    assert answer["output"] is None
    assert answer["gradients"] == {"x": 6.0}
    assert [edge["downstream"] for edge in answer["edges"]] == [3.0, 3.0]
    assert [edge["source"] for edge in answer["edges"]] == [answer["nodes"][0]["id"]] * 2


async def test_copy_receives_four_and_two(graph: Post) -> None:
    answer = (await graph("x = 1\nf = 4*x + 2*x")).json()
    x = node_named(answer, "x")
    back = [edge["downstream"] for edge in answer["edges"] if edge["source"] == x["id"]]
    assert back == [4.0, 2.0]
    assert x["gradient"] == 6.0


async def test_constants_and_labels_have_no_gradient(graph: Post) -> None:
    answer = (await graph("s = [[1, 2]]\ny = [0]\nloss = 2 * cross_entropy(s, y)")).json()
    assert list(answer["gradients"]) == ["s"]
    labels = node_named(answer, "y")
    assert labels["gradient"] is None
    constant = next(node for node in answer["nodes"] if node["op"] == "constant")
    assert constant["gradient"] is None
    silent = [edge for edge in answer["edges"] if edge["source"] in (labels["id"], constant["id"])]
    assert [(e["local"], e["downstream"], e["local_kind"], e["formula"]) for e in silent] == [
        (None, None, "none", None)
    ] * 2


async def test_jacobian_edge_gives_the_product_only(graph: Post) -> None:
    answer = (await graph("X = [[1, 2]]\nW = [[3], [4]]\nf = sum(X @ W)")).json()
    into = [edge for edge in answer["edges"] if edge["local_kind"] == "jacobian"]
    assert [edge["local"] for edge in into] == [None] * len(into)
    assert all(edge["downstream"] is not None for edge in into)


async def test_upstream_seeds_an_output_that_is_no_scalar(graph: Post, problem: Problem) -> None:
    document = problem(await graph("x = [1, 2]\ny = 3 * x"), 422, "output_not_scalar")
    assert document["hint"]
    answer = (await graph("x = [1, 2]\ny = 3 * x", upstream=[10, 1])).json()
    assert answer["gradients"] == {"x": [30.0, 3.0]}
    problem(await graph("x = [1, 2]\ny = 3 * x", upstream=[[10, 1]]), 422, "upstream_shape")


async def test_inputs_override_literals_and_initializers(graph: Post) -> None:
    answer = (await graph("x = 3\nW = zeros(2)\nf = sum(x * W)", inputs={"x": 4, "W": [1, 2]})).json()
    assert answer["value"] == 12.0
    assert node_named(answer, "x")["declared"] == "literal"
    assert node_named(answer, "W")["declared"] == "initializer"


async def test_seed_draws_the_initializers(graph: Post) -> None:
    source = "W = he(2, 2)\nf = sum(W)"
    values = [(await graph(source, seed=seed)).json()["value"] for seed in (0, 0, 1)]
    assert values[0] == values[1] != values[2]


async def test_mistake_carries_its_span_in_code_points(graph: Post, problem: Problem) -> None:
    document = problem(await graph("π2 = 1\nf = (π2 + 1"), 422, "never_closed")
    assert document["span"] == [11, 12]


async def test_name_without_a_value_is_named(graph: Post, problem: Problem) -> None:
    document = problem(await graph("f = a * b", inputs={"a": 1}), 422, "missing_input")
    assert document["parameters"] == {"names": ["b"]}
    assert document["span"] == [8, 9]


async def test_division_by_zero_is_an_answer_with_a_note(graph: Post) -> None:
    answer = (await graph("f = x / y", inputs={"x": 1, "y": 0})).json()
    assert answer["value"] == "Infinity"
    assert answer["gradients"] == {"x": "Infinity", "y": "-Infinity"}
    assert answer["notes"][0]["code"] == "infinity"
    assert answer["notes"][0]["node"] == answer["output_node"]
    nan = (await graph("f = sum(x / x)", inputs={"x": [0, 1]})).json()
    assert nan["value"] == "NaN"
    assert next(n for n in nan["nodes"] if n["op"] == "divide")["value"] == ["NaN", 1.0]


async def test_limit_names_itself(graph: Post, problem: Problem) -> None:
    document = problem(await graph("#" * 4001), 422, "limit")
    assert (document["limit"], document["actual"], document["allowed"]) == ("source_characters", 4001, 4000)


async def test_large_tensor_comes_as_statistics_unless_asked_for(graph: Post) -> None:
    source = "x = ones(25, 41)\nf = sum(3 * x)"
    answer = (await graph(source)).json()
    x = node_named(answer, "x")
    assert x["shape"] == [25, 41]
    assert x["value"] == {
        "truncated": True,
        "shape": [25, 41],
        "statistics": {
            "min": 1.0,
            "max": 1.0,
            "mean": 1.0,
            "std": 0.0,
            "norm": pytest.approx(1025**0.5),
            "nonfinite": 0,
        },
        "preview": [[1.0] * 32] * 16,
    }
    assert answer["gradients"]["x"]["statistics"]["mean"] == 3.0
    edge = next(edge for edge in answer["edges"] if edge["source"] == x["id"])
    full = (await graph(source, full=[x["id"]])).json()
    assert node_named(full, "x")["value"] == [[1.0] * 41] * 25
    assert full["gradients"]["x"] == [[3.0] * 41] * 25
    assert next(e for e in full["edges"] if e["id"] == edge["id"])["downstream"]["truncated"] is True
    whole = (await graph(source, full=[edge["id"]])).json()
    assert next(e for e in whole["edges"] if e["id"] == edge["id"])["downstream"] == [[3.0] * 41] * 25


async def test_exactly_1024_elements_are_shown(graph: Post) -> None:
    answer = (await graph("x = ones(32, 32)\nf = sum(x)")).json()
    assert answer["gradients"]["x"] == [[1.0] * 32] * 32


async def test_an_answer_holds_200_000_numbers_at_most(graph: Post, problem: Problem) -> None:
    source = "x = ones(250, 250)\nf = sum(exp(exp(x)))"
    ids = [node["id"] for node in (await graph(source)).json()["nodes"]]
    assert (await graph(source, full=ids[:1])).status_code == 200
    document = problem(await graph(source, full=ids), 422, "limit")
    assert (document["limit"], document["allowed"]) == ("answer_numbers", 200_000)
    assert document["actual"] > 200_000


async def test_unknown_id_in_full(graph: Post, problem: Problem) -> None:
    document = problem(await graph("f = 1", full=["n0", "n7"]), 422, "unknown_id")
    assert document["parameters"] == {"ids": ["n7"]}


async def test_defaults_written_out_are_accepted(graph: Post) -> None:
    request = {
        "inputs": {},
        "upstream": None,
        "lump": [],
        "check": False,
        "jacobians": False,
        "copies": False,
    }
    rest = {"full": [], "shapes": None, "dtype": "float64", "seed": 0, "layout": "input x output"}
    assert (await graph("f = 1", **request, **rest)).status_code == 200


async def test_lumped_sigmoid_has_the_same_downstream(graph: Post) -> None:
    source = "f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))"
    answer = (await graph(source, inputs=L2, lump=["sigmoid"])).json()
    gate = node_named(answer, "f")
    assert gate["op"] == "sigmoid"
    assert len(gate["members"]) >= 3
    (edge,) = edges_into(answer, gate["id"])
    assert [edge[factor] for factor in ("upstream", "local", "downstream")] == pytest.approx(
        [1, 0.1966, 0.1966], abs=5e-5
    )
    plain = (await graph(source, inputs=L2)).json()
    assert answer["gradients"] == pytest.approx(plain["gradients"])
    assert answer["notes"] == []


async def test_lumping_that_changes_a_number_says_why(graph: Post) -> None:
    answer = (await graph("f = 1 / (1 + exp(-x))", inputs={"x": -1000}, lump=["sigmoid"])).json()
    assert answer["gradients"] == {"x": 0.0}
    assert "lump_differs" in {note["code"] for note in answer["notes"]}


async def test_what_cannot_be_lumped_is_named(graph: Post, problem: Problem) -> None:
    document = problem(await graph("f = 1", lump=["add"]), 422, "cannot_lump")
    assert document["parameters"] == {"name": "add"}


async def test_fan_out_drawn_as_a_copy_gate_adds_up(graph: Post) -> None:
    answer = (await graph("x = 1\nf = 4*x + 2*x", copies=True)).json()
    copy = next(node for node in answer["nodes"] if node["op"] == "copy")
    assert copy["pattern"] == "adder"
    assert copy["gradient"] == 6.0
    assert [e["downstream"] for e in answer["edges"] if e["source"] == copy["id"]] == [4.0, 2.0]
    assert answer["gradients"] == {"x": 6.0}


async def test_multiplying_by_a_constant_scales(graph: Post) -> None:
    answer = (await graph("x = 3\nf = 2 * x")).json()
    assert node_named(answer, "f")["pattern"] == "scale"


async def test_formulas_use_the_names_of_the_program(graph: Post) -> None:
    answer = (await graph("g = 2 * alpha\nf = W1 * exp(g)", inputs={"W1": 1, "alpha": 2})).json()
    gates = {node["name"] or node["op"]: node["formula"] for node in answer["nodes"] if node["formula"]}
    assert gates == {"g": r"2 \cdot \alpha", "exp": "e^{g}", "f": r"W_{1} \cdot e^{g}"}
    assert [edge["formula"] for edge in edges_into(answer, answer["output_node"])] == ["e^{g}", "W_{1}"]


async def test_answer_is_the_same_bytes_every_time(graph: Post) -> None:
    first, second = [(await graph("W = he(3, 3)\nf = sum(W @ W)")).content for _ in range(2)]
    assert first == second
    assert json.loads(first)


async def test_check_compares_with_central_differences(graph: Post) -> None:
    response = await graph("f = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))", inputs=L2, check=True)
    GraphAnswer.model_validate_json(response.content)
    check = response.json()["check"]
    assert list(check) == ["w0", "x0", "w1", "x1", "w2"]
    for name, figure in response.json()["gradients"].items():
        assert check[name]["analytical"] == figure
        assert check[name]["numerical"] == pytest.approx(figure, rel=1e-6)
        assert check[name]["relative_error"] < 1e-6
        assert check[name]["verdict"] == "agrees"
        assert check[name]["forward_passes"] == 2


async def test_check_of_a_vector_with_upstream(graph: Post) -> None:
    answer = (await graph("x = [1, -2]\ny = x * x", upstream=[10, 1], check=True)).json()
    assert answer["check"]["x"]["numerical"] == pytest.approx([20, -4])


async def test_check_too_dear_is_refused(graph: Post, problem: Problem) -> None:
    document = problem(await graph("x = ones(200, 200)\nf = sum(exp(x))", check=True), 422, "limit")
    assert document["limit"] == "operations"

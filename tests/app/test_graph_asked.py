"""`POST /api/v1/graph`, what is answered only when asked for: Jacobians, costs, selections."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from app.schemas.graph import GraphAnswer, ShapesAnswer

pytestmark = pytest.mark.anyio

Post = Callable[..., Awaitable[httpx.Response]]
Problem = Callable[[httpx.Response, int, str], dict[str, Any]]


def node_named(answer: dict[str, Any], name: str | None) -> dict[str, Any]:
    return next(node for node in answer["nodes"] if node["name"] == name)


async def test_jacobian_of_relu_is_diagonal_and_can_be_transposed(graph: Post) -> None:
    asked = {"inputs": {"x": [1, -2, 3, -1]}, "upstream": [4, -1, 5, 9], "jacobians": True}
    answer = (await graph("relu(x)", **asked)).json()
    GraphAnswer.model_validate(answer)
    jacobian = answer["edges"][0]["jacobian"]
    assert jacobian["layout"] == "input x output"
    assert jacobian["pattern"] == "diagonal"
    assert jacobian["density"] == 2 / 16
    assert jacobian["matrix"] == [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
    assert answer["edges"][0]["downstream"] == [4, 0, 5, 0]
    of_sum = (await graph("sum(x)", inputs={"x": [1, 2]}, jacobians=True, layout="output x input")).json()
    jacobian = of_sum["edges"][0]["jacobian"]
    assert (jacobian["layout"], jacobian["shape"], jacobian["matrix"]) == ("output x input", [1, 2], [[1, 1]])


async def test_jacobian_too_large_to_build_is_priced(graph: Post) -> None:
    answer = (await graph("sum(exp(x))", inputs={"x": [0.0] * 300}, jacobians=True)).json()
    jacobian = answer["edges"][0]["jacobian"]
    assert jacobian["matrix"] is None
    assert jacobian["explicit_bytes"] == 300 * 300 * 8
    assert jacobian["product_bytes"] == 300 * 8


async def test_jacobian_too_slow_to_build_is_priced(graph: Post) -> None:
    source = "x = ones(60000)\ns = ones(1)\nsum(outer(s, x))"
    answer = (await graph(source, jacobians=["e0"])).json()
    assert answer["edges"][0]["jacobian"]["matrix"] is None
    assert answer["edges"][0]["jacobian"]["explicit_bytes"] == 60_000 * 8


async def test_the_lectures_matrix_product_from_shapes_alone(graph: Post) -> None:
    shapes = {"X": [64, 4096], "W": [4096, 4096]}
    answer = (await graph("Y = X @ W", shapes=shapes, dtype="float32")).json()
    ShapesAnswer.model_validate(answer)
    prices = [edge["jacobian"]["explicit_bytes"] for edge in answer["edges"]]
    assert prices == [2**38, 2**44]
    assert answer["edges"][0]["jacobian"]["product_bytes"] == 2**20
    assert answer["operations"] == 2 * 64 * 4096 * 4096
    assert node_named(answer, "Y")["shape"] == [64, 4096]
    price = answer["edges"][0]["jacobian"]
    assert (price["layout"], price["shape"]) == ("input x output", [64 * 4096, 64 * 4096])


async def test_shapes_are_priced_in_the_layout_asked_for(graph: Post) -> None:
    asked = {"shapes": {"X": [2, 3], "W": [3, 5]}}
    lecture = (await graph("X @ W", **asked)).json()["edges"]
    transposed = (await graph("X @ W", layout="output x input", **asked)).json()["edges"]
    assert [edge["jacobian"]["shape"] for edge in lecture] == [[6, 10], [15, 10]]
    assert [edge["jacobian"]["shape"] for edge in transposed] == [[10, 6], [10, 15]]
    assert {edge["jacobian"]["layout"] for edge in transposed} == {"output x input"}
    for one, other in zip(lecture, transposed, strict=True):
        assert one["jacobian"]["explicit_bytes"] == other["jacobian"]["explicit_bytes"]


async def test_shapes_that_square_themselves_are_refused(graph: Post, problem: Problem) -> None:
    lines = [f"x{i + 1} = reshape(outer(x{i}, x{i}), -1)" for i in range(100)]
    response = await graph("\n".join(lines), shapes={"x0": [2**31 - 1]})
    document = problem(response, 422, "limit")
    assert document["limit"] == "tensor_elements"


async def test_an_index_of_a_shape_beyond_memory(graph: Post) -> None:
    answer = (await graph("X[-1, ::2]", shapes={"X": [2**31 - 1, 2**30]})).json()
    assert node_named(answer, None)["shape"] == [2**29]


async def test_shapes_and_values_do_not_go_together(graph: Post, problem: Problem) -> None:
    response = await graph("x * 2", shapes={"x": [2]}, inputs={"x": 1})
    document = problem(response, 422, "shapes_without_values")
    assert document["parameters"] == {"field": "inputs"}


async def test_shapes_that_do_not_fit_are_named(graph: Post, problem: Problem) -> None:
    document = problem(await graph("A @ B", shapes={"A": [3, 4], "B": [3, 2]}), 422, "inner_sizes_differ")
    assert document["detail"] == "cannot multiply (3, 4) by (3, 2): inner sizes 4 and 3 differ"


async def test_a_selection_is_lumped_under_a_name(graph: Post) -> None:
    source = "q = x + y\nf = q * z\ng = f * 2"
    selection = {"name": "mine", "keys": ["q", "f"]}
    inputs = {"x": -2, "y": 5, "z": -4}
    answer = (await graph(source, inputs=inputs, lump=[selection])).json()
    GraphAnswer.model_validate(answer)
    gate = node_named(answer, "f")
    assert (gate["op"], gate["members"], gate["value"]) == ("selection", ["q", "f"], -12)
    assert answer["gradients"] == {"x": -8, "y": -8, "z": 6}


async def test_a_sigmoid_is_taken_apart(graph: Post) -> None:
    answer = (await graph("f = sigmoid(x)", inputs={"x": 1}, apart=["sigmoid"])).json()
    gates = [node["op"] for node in answer["nodes"] if node["op"] not in ("input", "constant")]
    assert gates == ["negative", "exp", "add", "divide"]
    assert answer["gradients"]["x"] == pytest.approx(0.1966, abs=5e-5)


async def test_one_element_of_x_touches_one_row_of_y(graph: Post, problem: Problem) -> None:
    inputs = {"X": [[1, 2], [3, 4], [5, 6]], "W": [[1, 0, 3], [4, 5, 6]]}
    asked = {"inputs": inputs, "touch": {"edge": "e0", "element": [1, 0]}}
    answer = (await graph("sum(X @ W)", **asked)).json()
    assert answer["touched"]["outputs"] == [[0, 0, 0], [1, 1, 1], [0, 0, 0]]
    asked["touch"] = {"edge": "e0", "element": [3, 0]}
    problem(await graph("sum(X @ W)", **asked), 422, "unknown_element")


async def test_a_check_tells_its_price(graph: Post) -> None:
    cost = (await graph("sum(x**2)", inputs={"x": [1, 2, 3]}, check=True)).json()["check_cost"]
    assert (cost["forward_passes"], cost["backward_passes"]) == (6, 1)
    assert cost["forward_seconds"] > 0
    assert cost["backward_seconds"] > 0


async def test_jacobians_of_some_edges_only(graph: Post, problem: Problem) -> None:
    source, inputs = "sum(relu(x) * x)", {"x": [1, -2]}
    answer = (await graph(source, inputs=inputs, jacobians=["e1"])).json()
    GraphAnswer.model_validate(answer)
    assert [edge["id"] for edge in answer["edges"] if "jacobian" in edge] == ["e1"]
    assert all(
        "jacobian" in edge for edge in (await graph(source, inputs=inputs, jacobians=True)).json()["edges"]
    )
    assert not any(
        "jacobian" in edge for edge in (await graph(source, inputs=inputs, jacobians=[])).json()["edges"]
    )
    document = problem(await graph(source, inputs=inputs, jacobians=["e1", "n0"]), 422, "unknown_id")
    assert document["parameters"] == {"ids": ["n0"]}


async def test_backward_starts_from_the_output_asked_for(graph: Post) -> None:
    source, inputs = "q = x + y\nf = q * z", {"x": -2, "y": 5, "z": -4}
    answer = (await graph(source, inputs=inputs, output="q", check=True)).json()
    GraphAnswer.model_validate(answer)
    assert (answer["output"], answer["value"]) == ("q", 3)
    assert answer["gradients"] == {"x": 1, "y": 1, "z": 0}
    assert node_named(answer, "f")["value"] == -12
    assert [step["node"] for step in answer["backward"]] == [answer["output_node"]]
    assert {check["verdict"] for check in answer["check"].values()} == {"agrees"}
    assert answer["notes"] == []


async def test_chosen_output_may_need_an_upstream(graph: Post, problem: Problem) -> None:
    source, inputs = "h = 3 * x\nf = sum(h)", {"x": [1, 2]}
    problem(await graph(source, inputs=inputs, output="h"), 422, "output_not_scalar")
    answer = (await graph(source, inputs=inputs, output="h", upstream=[10, 1])).json()
    assert answer["gradients"] == {"x": [30, 3]}


@pytest.mark.parametrize("fields", [{"copies": True}, {"lump": ["sigmoid"]}, {"collapse": ["s"]}])
async def test_output_is_chosen_in_the_drawn_graph(fields: Any, graph: Post) -> None:
    source = "s = 1 / (1 + exp(-x))\nf = s * s + x"
    plain = (await graph(source, inputs={"x": 2}, output="s")).json()
    answer = (await graph(source, inputs={"x": 2}, output="s", **fields)).json()
    assert answer["value"] == plain["value"]
    assert answer["gradients"] == pytest.approx(plain["gradients"])
    assert answer["notes"] == []


async def test_unknown_output_is_a_problem(graph: Post, problem: Problem) -> None:
    document = problem(await graph("f = 2 * x", inputs={"x": 1}, output="g"), 422, "unknown_output")
    assert document["parameters"] == {"key": "g"}
    problem(await graph("f = 2 * x", inputs={"x": 1}, output="f:constant"), 422, "unknown_output")
    problem(await graph("f = x", shapes={"x": [2]}, output="x"), 422, "shapes_without_values")


async def test_statements_are_the_program_as_written(graph: Post) -> None:
    source = "x = 2\ns = 1 / (1 + exp(-x))\nf = s * s"
    plain = (await graph(source)).json()
    written = [node["key"] for node in plain["nodes"] if node["op"] not in ("input", "constant")]
    assert plain["statements"] == [
        {"name": "x", "span": [0, 5], "node": "x", "gates": []},
        {"name": "s", "span": [6, 27], "node": "s", "gates": written[:4]},
        {"name": "f", "span": [28, 37], "node": "f", "gates": ["f"]},
    ]
    drawings: list[dict[str, Any]] = [{"lump": ["sigmoid"]}, {"collapse": ["s"]}, {"copies": True}]
    for fields in drawings:
        assert (await graph(source, **fields)).json()["statements"] == plain["statements"]


async def test_what_can_be_lumped_is_told(graph: Post) -> None:
    source = "s = 1 / (1 + exp(-x))\nf = s * s"
    answer = (await graph(source, inputs={"x": 2})).json()
    found = {entry["op"]: entry["gates"] for entry in answer["lumpable"]}
    assert set(found) == {"sigmoid", "square", "reciprocal"}
    lumped = (await graph(source, inputs={"x": 2}, lump=["sigmoid"], copies=True)).json()
    assert node_named(lumped, "s")["members"] == found["sigmoid"]
    assert [entry["op"] for entry in lumped["lumpable"]] == ["square"]


async def test_collapsed_statements_are_gates_of_their_name(graph: Post) -> None:
    source = "s = 1 / (1 + exp(-x * w))\nf = s * s + x"
    asked = {"inputs": {"x": 2, "w": 0.5}, "collapse": ["f", "s", "x", "gone"], "lump": ["sigmoid"]}
    answer = (await graph(source, **asked)).json()
    GraphAnswer.model_validate(answer)
    gates = [node for node in answer["nodes"] if node["members"]]
    assert [(gate["op"], gate["name"]) for gate in gates] == [("selection", "s"), ("selection", "f")]
    assert [gate["members"] for gate in gates] == [one["gates"] for one in answer["statements"]]
    plain = (await graph(source, inputs=asked["inputs"])).json()
    assert answer["gradients"] == pytest.approx(plain["gradients"])

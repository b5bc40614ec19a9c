"""Every example of the gallery, every choice it leaves: it runs, and gives the lecture's figures."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from app.examples import EXAMPLES
from app.schemas.catalogue import Example
from app.schemas.graph import GraphAnswer

pytestmark = pytest.mark.anyio

Post = Callable[..., Awaitable[httpx.Response]]

ROWS = [*(f"L{number}" for number in range(1, 12)), "L25", "L26", "L27", "L29"]
BY_ID = {example.id: example for example in EXAMPLES}
NEURON = (0.7311, {"w0": -0.1966, "x0": 0.3932, "w1": -0.3932, "x1": -0.5898, "w2": 0.1966})

# the value and the gradients of every input, or of those that the figures are about
FIGURES: dict[str, tuple[Any, dict[str, Any]]] = {
    "first-graph": (-12, {"x": -4, "y": -4, "z": 3}),
    "neuron": NEURON,
    "neuron-lumped": NEURON,
    "flat-code": NEURON,
    "upstream-times-local": (40, {"x": 240, "y": 180}),
    "modular-code": (0.3679, {"x": -0.1839, "y": 0.7358}),
    "gradient-check": (3.0138, {"ordinary": 2.0138, "saturated": 0, "kinked": 0}),
    "add-distributes": (4, {"x": 2, "y": 2}),
    "multiply-swaps": (30, {"x": 15, "y": 10}),
    "copy-adds": (6, {"x": 6}),
    "max-routes": (45, {"x": 0, "y": 9}),
    "square": (9, {"x": 6}),
    "relu-vector": ([1, 0, 3, 0], {"x": [4, 0, 5, 0]}),
    "matrix-product": (
        [[6, -4], [1, 3]],
        {"X": [[3, 1, -5], [3, 2, -1]], "W": [[1, -1], [8, 1], [1, 2]]},
    ),
    "nerve-cell": (
        0.8100,
        {
            "x0": 0.2309,
            "x1": 0.0616,
            "x2": 0.1231,
            "w0": 0.0770,
            "w1": -0.1539,
            "w2": 0.3078,
            "b": 0.1539,
        },
    ),
    "cross-entropy": (2.0404, {"scores": [[-0.8700, 0.8690, 0.0010]]}),
}

PROGRAMS = [
    pytest.param(example, source, id=f"{example.id}{label and f'-{label}'}")
    for example in EXAMPLES
    for label, source in (
        [(option.label, option.source) for option in example.choice.options]
        if example.choice
        else [("", example.source)]
    )
]


def view(example: Example) -> dict[str, Any]:
    """The fields of a request that ask for the example as it is opened."""
    shown = example.view
    asked = {"inputs": example.inputs, "upstream": example.upstream}
    return asked | {"lump": shown.lump, "copies": shown.copies, "check": shown.check}


@pytest.mark.parametrize(("example", "source"), PROGRAMS)
async def test_example_runs_as_it_is_opened(example: Example, source: str, graph: Post) -> None:
    response = await graph(source, **view(example))
    assert response.status_code == 200, response.text
    GraphAnswer.model_validate_json(response.content)
    answer = response.json()
    assert not any(isinstance(number, str) for node in answer["nodes"] for number in numbers(node["value"]))
    assert [note["code"] for note in answer["notes"]] == (["kink"] if example.id == "gradient-check" else [])
    if example.view.opened is not None:
        assert example.view.opened in {item["key"] for item in (*answer["nodes"], *answer["edges"])}
    if example.view.lump:
        assert {node["op"] for node in answer["nodes"] if node["members"]} == set(example.view.lump)


@pytest.mark.parametrize("name", FIGURES)
async def test_example_gives_its_figures(name: str, graph: Post) -> None:
    example = BY_ID[name]
    answer = (await graph(example.source, **view(example))).json()
    value, gradients = FIGURES[name]
    assert numbers(answer["value"]) == pytest.approx(numbers(value), abs=5e-5)
    assert list(answer["gradients"]) == list(gradients)
    for one, gradient in gradients.items():
        assert numbers(answer["gradients"][one]) == pytest.approx(numbers(gradient), abs=5e-5)


def numbers(value: Any) -> list[Any]:
    return [number for part in value for number in numbers(part)] if isinstance(value, list) else [value]


def test_every_row_of_the_lecture_has_an_example() -> None:
    rows = [example.row for example in EXAMPLES]
    assert set(ROWS) <= set(rows)
    assert rows == sorted(rows, key=lambda row: int(row[1:]))
    assert len(BY_ID) == len(EXAMPLES)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.choice], ids=lambda one: one.id)
def test_a_choice_holds_the_examples_own_program(example: Example) -> None:
    assert example.choice
    sources = [option.source for option in example.choice.options]
    assert sources.count(example.source) == 1
    assert len(set(sources)) == len(sources)
    assert len({option.label for option in example.choice.options}) == len(sources)


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.view.code], ids=lambda one: one.id)
async def test_the_code_beside_an_example_is_written(example: Example, client: httpx.AsyncClient) -> None:
    request = {"source": example.source, "inputs": example.inputs, "target": example.view.code}
    answer = (await client.post("/api/v1/graph/code", json=request)).json()
    assert len(answer["lines"]) > len(example.source.splitlines())


async def test_each_step_hands_down_the_numbers_of_its_text(graph: Post) -> None:
    answer = (await graph(BY_ID["upstream-times-local"].source)).json()
    back = [
        tuple(edge[factor] for factor in ("upstream", "local", "downstream"))
        for edge in reversed(answer["edges"])
        if edge["local_kind"] != "none"
    ]
    assert back == [(1, 5, 5), (5, 12, 60), (60, 1, 60), (60, 3, 180), (60, 4, 240)]


async def test_the_lumped_sigmoid_has_the_lectures_local_gradient(graph: Post) -> None:
    example = BY_ID["neuron-lumped"]
    answer = (await graph(example.source, **view(example))).json()
    edge = next(edge for edge in answer["edges"] if edge["key"] == example.view.opened)
    assert edge["local"] == pytest.approx(0.1966, abs=5e-5)


async def test_scalar_vector_and_matrix_have_jacobians_of_their_sizes(graph: Post) -> None:
    choice = BY_ID["scalar-vector-matrix"].choice
    assert choice
    shapes: list[list[int]] = []
    for option in choice.options:
        answer = (await graph(option.source, jacobians=True)).json()
        edge = next(edge for edge in answer["edges"] if edge["key"] == "y<0")
        shapes.append(edge["jacobian"]["shape"])
    assert shapes == [[1, 1], [2, 1], [3, 2], [6, 4]]


async def test_the_matrix_product_at_the_lectures_size(graph: Post) -> None:
    example = BY_ID["matrix-product"]
    answer = (await graph(example.source, shapes=example.view.shapes, dtype=example.view.dtype)).json()
    prices = [edge["jacobian"]["explicit_bytes"] for edge in answer["edges"]]
    assert prices == [256 * 2**30, 16 * 2**40]
    assert answer["edges"][0]["jacobian"]["product_bytes"] == 2**20


async def test_the_check_tells_ordinary_saturated_and_kinked_apart(graph: Post) -> None:
    example = BY_ID["gradient-check"]
    check = (await graph(example.source, **view(example))).json()["check"]
    assert {name: one["verdict"] for name, one in check.items()} == {
        "ordinary": "agrees",
        "saturated": "agrees",
        "kinked": "kink",
    }
    assert check["ordinary"]["relative_error"] < 1e-6
    assert check["saturated"]["relative_error"] > 1e-6


async def test_shared_weights_add_up_what_every_step_hands_back(graph: Post) -> None:
    choice = BY_ID["recurrent-cell"].choice
    assert choice
    for option in choice.options:
        answer = (await graph(option.source)).json()
        for name in ("w", "u"):
            node = next(node for node in answer["nodes"] if node["name"] == name)
            back = [edge["downstream"] for edge in answer["edges"] if edge["source"] == node["id"]]
            assert len(back) == int(option.label)
            assert node["gradient"] == pytest.approx(sum(back))


async def test_another_loss_changes_one_gate(graph: Post) -> None:
    choice = BY_ID["change-the-loss"].choice
    assert choice
    gates: list[list[str]] = []
    for option in choice.options:
        answer = (await graph(option.source)).json()
        gates.append([node["op"] for node in answer["nodes"]])
    assert [one[-1] for one in gates] == ["mse", "cross_entropy", "hinge_loss"]
    assert gates[0][:-1] == gates[1][:-1] == gates[2][:-1]

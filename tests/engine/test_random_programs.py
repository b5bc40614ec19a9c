"""Random programs over every differentiable op: PyTorch, differences and the plan agree with the trace."""

import base64
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import OPS, Plan, Trace, build, trace
from engine.autodiff.check import check_gradients

PROGRAMS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "random.json").read_text(encoding="utf-8")
)["programs"]


def unpacked(text: str, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    return np.frombuffer(base64.b64decode(text), "<f8").reshape(shape)


def traced(program: dict[str, Any]) -> Trace:
    inputs = {name: np.array(value) for name, value in program["inputs"].items()}
    graph = build(program["source"], {name: value.shape for name, value in inputs.items()})
    shape = graph.output.shape
    upstream = np.linspace(0.5, 1.5, int(np.prod(shape))).reshape(shape)
    return trace(graph, inputs, upstream=upstream)


@pytest.mark.parametrize("program", PROGRAMS, ids=map(str, range(len(PROGRAMS))))
def test_pytorch_differences_and_the_plan_agree_with_the_trace(program: dict[str, Any]) -> None:
    answer = traced(program)
    value = unpacked(program["value"], answer.value.shape)
    np.testing.assert_allclose(answer.value, value, rtol=1e-10, atol=1e-12)
    for name, held in program["gradients"].items():
        expected = unpacked(held, np.shape(program["inputs"][name]))
        if name not in answer.gradients:  # it only makes a condition
            assert not np.any(expected)
            continue
        scale = float(np.max(np.abs(expected)))
        gradient = answer.gradients[name]
        np.testing.assert_allclose(gradient, expected, rtol=1e-9, atol=1e-12 * max(1, scale), err_msg=name)
    assert {name: check.verdict for name, check in check_gradients(answer).items()} == dict.fromkeys(
        answer.gradients, "agrees"
    )
    if answer.value.shape == ():
        names = tuple(answer.gradients)
        plan = Plan(answer.graph, wrt=names, dtype=np.float64)
        with np.errstate(all="ignore"):
            (planned,), gradients = plan({name: np.array(value) for name, value in program["inputs"].items()})
        np.testing.assert_allclose(planned * 0.5, answer.value * 0.5, rtol=1e-12)
        for name, gradient in zip(names, gradients, strict=True):
            np.testing.assert_allclose(gradient * 0.5, answer.gradients[name], rtol=1e-9, atol=1e-12)
        single = {name: np.array(value, np.float32) for name, value in program["inputs"].items()}
        with np.errstate(all="ignore"):
            (planned,), gradients = Plan(answer.graph, wrt=names, dtype=np.float32)(single)
        assert {array.dtype for array in (planned, *gradients)} == {np.dtype(np.float32)}
        for name, value in program["inputs"].items():
            np.testing.assert_array_equal(single[name], np.array(value, np.float32))


def test_every_differentiable_op_is_there_many_times_and_values_fan_out() -> None:
    graphs = [traced(program).graph for program in PROGRAMS]
    used = Counter(node.op for graph in graphs for node in graph.nodes if node.is_gate)
    wanted = {name for name, op in OPS.items() if any(map(op.derivative, range(len(op.names(2)))))} - {"copy"}
    assert all(used[name] >= 10 for name in wanted), {name: used[name] for name in wanted}
    fanned = [graph for graph in graphs if max(Counter(edge.source for edge in graph.edges).values()) > 2]
    assert len(fanned) > len(graphs) // 4

"""Random graphs of single numbers: building one, and running it forward and backward again."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from autograd import grad
from micrograd.engine import Value

from benchmarks.contest import Entry
from engine import build, limits
from engine.autodiff.tape import Tape

Gate = tuple[str, int, int]
INPUTS = {"x": 0.7, "y": -0.4}


def gates(count: int, seed: int = 0) -> list[Gate]:
    """About `count` gates, each reading any earlier values; products and means keep them within 1."""
    rng = random.Random(seed)
    out: list[Gate] = []
    while len(out) < count:
        first, second = rng.randrange(len(out) + 2), rng.randrange(len(out) + 2)
        kind = rng.choice(("multiply", "relu", "mean"))
        if kind == "mean":
            out += [("half", first, first), ("half", second, second)]
            out.append(("add", len(out), len(out) + 1))
        else:
            out.append((kind, first, second))
    return out


FORMS = {"multiply": "{a} * {b}", "relu": "relu({a})", "half": "{a} * 0.5", "add": "{a} + {b}"}


def source(graph: list[Gate]) -> str:
    """The graph as a program, one gate a line."""
    names = ["x", "y", *(f"v{index}" for index in range(len(graph)))]
    lines = [
        f"v{index} = {FORMS[kind].format(a=names[first], b=names[second])}"
        for index, (kind, first, second) in enumerate(graph)
    ]
    return "\n".join(lines)


def run(graph: list[Gate], values: list[Any], relu: Callable[[Any], Any]) -> Any:
    """Run the gates with a peer's own numbers."""
    values = list(values)
    for kind, first, second in graph:
        a, b = values[first], values[second]
        values.append(
            a * b
            if kind == "multiply"
            else a + b
            if kind == "add"
            else a * 0.5
            if kind == "half"
            else relu(a)
        )
    return values[-1]


def building(graph: list[Gate]) -> list[Entry]:
    """What it takes to have a graph at all: for the peers, one forward pass."""
    text = source(graph)
    return [
        Entry("Chainrule (from source text)", lambda: _tape(text)),
        Entry("micrograd", partial(_micrograd, graph, False)),
        Entry("PyTorch", partial(_torch, graph, False)),
    ]


def rerunning(graph: list[Gate], with_autograd: bool) -> list[Entry]:
    """Forward and backward. The peers define their graph by running it, so they build it again."""
    tape = _tape(source(graph))
    peers = [
        Entry("Chainrule, tape (every edge's record)", lambda: tape(INPUTS)),
        Entry("micrograd", partial(_micrograd, graph, True)),
        Entry("PyTorch", partial(_torch, graph, True)),
    ]
    if with_autograd:
        derivative = grad(lambda x, y: run(graph, [x, y], lambda a: a if a > 0 else a * 0), argnum=(0, 1))
        peers.append(Entry("autograd", lambda: derivative(*INPUTS.values())))
    return peers


def _tape(text: str) -> Tape:
    return Tape(build(text, dict.fromkeys(INPUTS, ()), limits.UNLIMITED))


def _micrograd(graph: list[Gate], backward: bool) -> None:
    out = run(graph, [Value(number) for number in INPUTS.values()], Value.relu)
    if backward:
        out.backward()


def _torch(graph: list[Gate], backward: bool) -> None:
    leaves = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in INPUTS.values()]
    out = run(graph, leaves, torch.relu)
    if backward:
        out.backward()

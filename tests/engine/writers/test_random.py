"""Programs made at random: written, run by themselves, compared with the engine."""

from functools import cache
from random import Random

import numpy as np
import pytest
from running import assert_same, run

from engine import EngineError, Trace, build, trace
from engine.graph.copies import with_copies
from engine.graph.lumping import lump
from engine.writers import WRITERS

PROGRAMS = 100
NAMES = ["x", "w0", "θ", "t1", "grad_x", "spread", "lambda", "out", "c1", "values"]
LEAVES = [
    "2",
    "-0.5",
    "0",
    "1e3",
    "[1, 2, -3]",
    "[[1, 2, 3], [4, -5, 6]]",
    "[[1], [2]]",
    "[[[1, 0, 3]], [[2, 5, -8]]]",
]
NUMBERS = ["0", "1", "2", "0.5", "1e3"]
UNARY = ["exp", "tanh", "sigmoid", "relu", "abs", "softplus", "gelu", "silu", "elu", "sqrt", "log", "-"]
REDUCTIONS = ["sum", "mean", "max", "min", "var", "std", "norm", "logsumexp", "prod"]
OPTIONS = ["", "", ", axis=0", ", axis=-1, keepdims=True", ", keepdims=True"]


def _expression(random: Random, names: list[str], depth: int) -> str:
    def inner() -> str:
        return _expression(random, names, depth - 1)

    if depth == 0:
        return random.choice(names if random.random() < 0.75 else NUMBERS)
    forms = [
        *[lambda: f"({inner()} {random.choice(['+', '-', '*', '/', '**'])} {inner()})"] * 4,
        lambda: f"{random.choice(UNARY)}({inner()})",
        lambda: f"{random.choice(REDUCTIONS)}({inner()}{random.choice(OPTIONS)})",
        lambda: f"{random.choice(['max', 'min'])}({inner()}, {inner()})",
        # names[1] is an input: no gradient could stop at the condition
        lambda: f"where({names[1]} {random.choice(['<', '>=', '!='])} 1, {inner()}, {inner()})",
        lambda: f"({inner()}).T",
        lambda: f"stack([{inner()}, {inner()}])",
        lambda: f"softmax({inner()})",
        lambda: random.choice(names),
    ]
    return random.choice(forms)()


def _program(random: Random) -> str:
    names = random.sample(NAMES, 3)
    lines = [f"{name} = {random.choice(LEAVES)}" for name in names]
    lines += [f"{name} = {_expression(random, names, 2)}" for name in ("a", names[0])]
    return "\n".join([*lines, _expression(random, [*names, "a"], 3)])


@cache
def _traces() -> dict[str, Trace]:
    """Programs that fit together, some drawn with copies, some lumped."""
    random = Random(20250923)
    traces: dict[str, Trace] = {}
    while len(traces) < PROGRAMS:
        source = _program(random)
        try:
            graph = build(source)
        except EngineError:
            continue
        redraw = random.choice(
            [lambda graph: graph, with_copies, lambda graph: lump(graph, ("square", "relu"))]
        )
        upstream = np.linspace(0.5, 1.5, int(np.prod(graph.output.shape))).reshape(graph.output.shape)
        traces[source] = trace(redraw(graph), upstream=upstream)
    return traces


@pytest.mark.parametrize("target", ["flat", "modular"])
def test_random_programs_give_the_engines_numbers(target: str) -> None:
    traces = _traces()
    answers = run([WRITERS[target].write(traced).text for traced in traces.values()])
    for answer, (source, traced) in zip(answers, traces.items(), strict=True):
        print(source)
        assert_same(answer, traced)


@pytest.mark.parametrize("target", ["pytorch", "latex", "dot"])
def test_random_programs_are_written(target: str) -> None:
    for traced in _traces().values():
        text = WRITERS[target].write(traced).text
        if target == "pytorch":
            compile(text, "program", "exec")

"""Every written NumPy program, run by itself, gives the engine's numbers."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cases import ALL, NEURON, Case
from running import assert_same, run

from engine import OPS, Trace, build, trace
from engine.autodiff.selection import lump_selection
from engine.graph.copies import with_copies
from engine.graph.lumping import lump, take_apart
from engine.writers import WRITERS


def _redrawn() -> dict[str, Trace]:
    """Graphs that no program text gives: with copies, lumped, taken apart, with a selection as one gate."""
    neuron = build(NEURON)
    diamond = build("x = [1, 2]; y = 3\na = sin(x) * y; b = a * a + exp(x)\nf = sum(b / a)")
    inside = [node.key for node in diamond.nodes if node.op == "sin" or node.name == "a"]
    named = build("x = 2; k = 3\nh = x * k\ng = h + 1\nf = g * x")
    selection = lump_selection(named, ["h", "g"], "inner")
    return {
        "copies": trace(with_copies(diamond)),
        "copies of numbers": trace(with_copies(neuron)),
        "copies in tensor ops": trace(with_copies(build("x = 3\nf = sum(x) * mean(x) + x.T"))),
        "lumped": trace(lump(neuron, ("sigmoid",))),
        "taken apart": trace(
            take_apart(build("x = [1, 2]\nf = sum(softplus(x) * tanh(x))"), ("softplus", "tanh"))
        ),
        "selection": trace(lump_selection(diamond, inside, "inner")),
        "selection with a name": trace(selection),
        "selection in a selection": trace(lump_selection(selection, ["g", "f"], "outer")),
    }


REDRAWN = _redrawn()


@pytest.fixture(scope="module", params=["flat", "modular"])
def answers(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    write = WRITERS[request.param].write
    traces = {case.name: case.traced() for case in ALL} | REDRAWN
    return dict(zip(traces, run([write(one).text for one in traces.values()]), strict=True))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_program_gives_the_engines_numbers(answers: dict[str, Any], case: Case) -> None:
    assert_same(answers[case.name], case.traced())


@pytest.mark.parametrize("name", REDRAWN)
def test_a_redrawn_graph_gives_the_engines_numbers(answers: dict[str, Any], name: str) -> None:
    assert_same(answers[name], REDRAWN[name])


def test_every_op_is_written() -> None:
    used = {
        node.op for one in [*(case.traced() for case in ALL), *REDRAWN.values()] for node in one.graph.nodes
    }
    assert set(OPS) <= used


@pytest.mark.parametrize("target", ["flat", "modular"])
def test_a_program_is_a_file_that_runs(target: str, tmp_path: Path) -> None:
    program = tmp_path / "neuron.py"
    program.write_text(WRITERS[target].write(trace(NEURON)).text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(program)], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    printed = dict(line.split(" = ") for line in done.stdout.splitlines())
    assert list(printed) == ["f", "grad_w0", "grad_x0", "grad_w1", "grad_x1", "grad_w2"]
    rounded = [round(float(number), 4) for number in printed.values()]
    assert rounded == [0.7311, -0.1966, 0.3932, -0.3932, -0.5898, 0.1966]


@pytest.mark.parametrize("target", ["flat", "modular", "pytorch"])
def test_another_seed_is_written_down(target: str) -> None:
    source = "W = he(4, 4); b = uniform(8, low=-2, high=3); v = normal(3)\nf = sum(W) * sum(b) * sum(v)"
    traced = trace(source, seed=7)
    text = WRITERS[target].write(traced, seed=7).text
    assert "default_rng([7, " in text
    assert repr(float(traced.values[2][0])) in text  # v is small enough to be written out
    if target != "pytorch":
        assert_same(run([text])[0], traced)


def test_overridden_parameters_are_written_out() -> None:
    traced = trace("W = he(2, 4)\nf = sum(W)", {"W": [[1, 2, 3, 4], [5, 6, 7, 8]]})
    text = WRITERS["flat"].write(traced).text
    assert "draws" not in text
    assert_same(run([text])[0], traced)

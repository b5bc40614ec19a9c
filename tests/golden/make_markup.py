"""Write markup.json: the LaTeX and DOT of every example and of every op, and the formulas of their gates.

Needs nothing but the project itself; from the top of the repository:

    .venv/bin/python tests/golden/make_markup.py

A test of the front-end gives the texts to KaTeX and Graphviz, a test of the engine holds them to what is
written now.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parents[1]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "engine"), str(TOP / "tests" / "engine" / "writers")]

from cases import LECTURE, NAMES, OPS_CASES, SHAPES, SPECIAL, Case  # noqa: E402

from app.examples import EXAMPLES  # noqa: E402
from app.schemas.inputs import to_array  # noqa: E402
from engine import OPS, Trace, trace  # noqa: E402
from engine.writers import WRITERS  # noqa: E402
from engine.writers.formula import Formulas  # noqa: E402

LARGEST = 8_000
"""Longer texts have nothing to parse that a shorter one has not."""


def traces() -> dict[str, Trace]:
    """Every example, one program for each op, and those that are hard to write."""
    first_of_op: dict[str, Case] = {}
    for case in OPS_CASES:
        first_of_op.setdefault(case.name.partition("-")[2], case)
    assert set(first_of_op) == set(OPS), "no program for some op: run `make golden`"
    cases = [*LECTURE, *SHAPES, *NAMES, *SPECIAL, *first_of_op.values()]
    examples = {
        example.id: trace(
            example.source,
            {name: to_array(value) for name, value in example.inputs.items()},
            upstream=None if example.upstream is None else to_array(example.upstream),
        )
        for example in EXAMPLES
    }
    return examples | {case.name: case.traced() for case in cases}


def texts() -> dict[str, dict[str, str | list[str]]]:
    """For each program its LaTeX and DOT, and the formulas that its gates and edges wear on the page."""
    written: dict[str, dict[str, str | list[str]]] = {}
    for name, traced in traces().items():
        graph, formulas = traced.graph, Formulas(traced.graph)
        shown = [*map(formulas.node, graph.nodes), *map(formulas.edge, graph.edges)]
        programs = {target: WRITERS[target].write(traced).text for target in ("latex", "dot")}
        written[name] = {target: text for target, text in programs.items() if len(text) <= LARGEST}
        written[name]["formulas"] = sorted({formula for formula in shown if formula is not None})
    return written


def main() -> None:
    path = HERE / "markup.json"
    document = json.dumps(texts(), separators=(",", ":"), ensure_ascii=False, indent=None)
    path.write_text(document.replace('},"', '},\n"') + "\n", encoding="utf-8")
    print(f"{document.count('latex')} programs, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()

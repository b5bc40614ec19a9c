"""What all writers have in common: pure, linear, without recursion."""

from functools import cache

import numpy as np
import pytest
from cases import ALL, NET, NEURON

from engine import Trace, limits, trace
from engine.writers import WRITERS

DEPTH = 1_500
"""Beyond Python's own limit of nested calls."""


@cache
def large(source: str) -> Trace:
    return trace(source, limits=limits.UNLIMITED)


@pytest.mark.parametrize("target", WRITERS)
def test_a_writer_only_reads(target: str) -> None:
    traced = trace(NET)
    before = [value.copy() for value in traced.values]
    assert WRITERS[target].write(traced) == WRITERS[target].write(trace(NET))
    for value, old in zip(traced.values, before, strict=True):
        np.testing.assert_array_equal(value, old)


@pytest.mark.parametrize("target", WRITERS)
def test_a_writer_says_what_it_writes(target: str) -> None:
    doc, write = WRITERS[target]
    assert doc.endswith(".")
    assert write(trace(NEURON)).text.endswith("\n")
    assert "\n\n\n\n" not in write(trace(NET)).text


@pytest.mark.parametrize("target", WRITERS)
@pytest.mark.parametrize(
    "source",
    [
        "x = 1.5\n" + "x = sin(x) * 1.01\n" * (DEPTH // 2),
        "x = 1.5\nf = " + "sin(" * DEPTH + "x" + ")" * DEPTH,
        "x = 1.5\nf = " + " + ".join(["x"] * DEPTH),
    ],
    ids=["long", "deep", "wide"],
)
def test_a_large_graph_is_written_without_recursion(target: str, source: str) -> None:
    text = WRITERS[target].write(large(source)).text
    assert len(text) < 400 * DEPTH
    if target in ("flat", "modular", "pytorch"):
        compile(text, "program", "exec")


def test_cases_have_names_of_their_own() -> None:
    assert len({case.name for case in ALL}) == len(ALL)

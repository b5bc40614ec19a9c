"""The listings: their text runs by itself, line by line it comes to the same, and the graph agrees."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine import build, limits, trace
from engine.errors import InputError, LimitError
from engine.learning.listings import LISTINGS, Run
from engine.learning.listings.program import numbers_of, parse, with_numbers

NET, FORWARD = LISTINGS["two_layer_net"], LISTINGS["three_layer_forward"]
SMALL = {"N": 8, "D_in": 5, "H": 4, "D_out": 3, "rate": 0.01, "iterations": 6}
PRINTED = "\nprint(*(loss.hex(), W1.sum().hex(), W2.sum().hex()))\n"


def advanced(run: Run, step: int) -> Run:
    while run.step < step:
        run.advance()
    return run


def array(run: Run, name: str) -> np.ndarray:
    value = run.names()[name]
    assert isinstance(value, np.ndarray)
    return value


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
def test_a_listing_is_under_20_lines_and_names_what_may_be_changed(listing) -> None:
    assert len(listing.text.splitlines()) < 20
    assert [setting.name for setting in listing.settings] == list(listing.defaults())
    for setting in listing.settings:
        assert setting.low <= listing.defaults()[setting.name] <= setting.high
    # written back with the numbers it has, the text is the same
    assert with_numbers(listing.text, listing.defaults()) == listing.text


def test_the_lectures_numbers() -> None:
    lecture = {"N": 64, "D_in": 1000, "H": 100, "D_out": 10, "rate": 1e-4}
    assert lecture.items() <= NET.defaults().items()
    run = NET.start({"iterations": 20})
    advanced(run, run.steps)
    assert len(run.losses) == 20
    assert all(later < earlier for earlier, later in zip(run.losses, run.losses[1:], strict=False))
    assert run.losses[-1] < run.losses[0] / 3


def test_the_text_run_by_itself_comes_to_the_same_bits(tmp_path: Path) -> None:
    run = NET.start(SMALL)
    text = run.program.text
    assert "N, D_in, H, D_out = 8, 5, 4, 3\nrate, iterations, seed = 0.01, 6, 0\n" in text
    script = tmp_path / "net.py"
    script.write_text(text + PRINTED)
    printed = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    advanced(run, run.steps)
    sums = [float(array(run, name).sum()) for name in ("W1", "W2")]
    assert printed.stdout.split() == [number.hex() for number in (run.losses[-1], *sums)]


def test_every_step_says_its_line_its_turn_and_what_it_assigned() -> None:
    run = NET.start({**SMALL, "iterations": 2})
    lines = run.program.text.splitlines()
    told = [(0, None, ())]
    while run.step < run.steps:
        assigned = run.advance()
        told.append((run.line(run.step), run.iteration(run.step), assigned))
    assert run.steps == 6 + 2 * 10
    assert told[1] == (1, None, ())
    assert told[5] == (7, None, ("x", "y"))
    assert told[7] == (10, 0, ("t",))
    assert told[17] == (10, 1, ("t",))
    assert told[26] == (19, 1, ("W2",))
    for line, _, assigned in told[1:]:
        text = lines[line - 1]
        assert all(name in text for name in assigned)
    assert run.advance() == ()


def test_a_copy_goes_on_by_itself_and_comes_to_the_same() -> None:
    for step in (5, 9, 30):
        run = advanced(NET.start(SMALL), step)
        copy, before = (
            run.copy(),
            {name: np.copy(value) for name, value in run.names().items() if name != "rng"},
        )
        advanced(copy, copy.steps)
        for name, value in before.items():
            np.testing.assert_array_equal(run.names()[name], value)
        whole = advanced(NET.start(SMALL), run.steps)
        assert copy.losses == whole.losses
        np.testing.assert_array_equal(array(copy, "W1"), array(whole, "W1"))


def test_the_graph_of_the_forward_lines_finds_the_listings_gradients() -> None:
    run = NET.start(SMALL)
    advanced(run, run.before + 8)
    values = {name: array(run, name) for name in ("x", "y", "W1", "W2")}
    source = NET.as_graph(run.program, {name: value.shape for name, value in values.items()})
    traced = trace(source, values)
    assert float(traced.value) == pytest.approx(run.losses[0], rel=1e-12)
    for name in ("W1", "W2"):
        np.testing.assert_allclose(traced.gradients[name], array(run, f"d{name}"), rtol=1e-9, atol=1e-12)


def test_the_net_of_the_lecture_opens_as_a_graph() -> None:
    run = advanced(NET.start({}), NET.start({}).before)
    shapes = {name: array(run, name).shape for name in NET.drawn}
    graph = build(NET.as_graph(run.program, shapes))
    assert graph.output.shape == ()
    assert max(int(np.prod(node.shape)) for node in graph.nodes) == 100_000


def test_three_layers_forward_are_what_the_trace_computes() -> None:
    run = FORWARD.start({"N": 2, "H1": 7})
    advanced(run, run.steps)
    values = {name: array(run, name) for name in FORWARD.drawn}
    source = FORWARD.as_graph(run.program, {name: value.shape for name, value in values.items()})
    traced = trace(source, values, upstream=np.ones((2, 2)))
    np.testing.assert_allclose(traced.value, array(run, "scores"), rtol=1e-13)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"Q": 3}, "unknown_setting"),
        ({"N": 0}, "bad_setting"),
        ({"N": 2.5}, "bad_setting"),
        ({"rate": float("nan")}, "bad_setting"),
        ({"rate": -1}, "bad_setting"),
        ({"seed": -1}, "bad_setting"),
        ({"iterations": 10**9}, "bad_setting"),
    ],
)
def test_a_number_that_cannot_be_is_refused(values: dict[str, float], code: str) -> None:
    with pytest.raises(InputError) as caught:
        NET.start(values)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("values", "limit"),
    [
        ({"D_in": 4096, "H": 1024}, "listing_elements"),
        ({"iterations": 5000}, "listing_operations"),
    ],
)
def test_a_run_too_large_is_refused_before_it_begins(values: dict[str, int], limit: str) -> None:
    with pytest.raises(LimitError) as caught:
        NET.start(values)
    assert caught.value.limit == limit
    NET.checked(values, limits.UNLIMITED)


def test_the_cost_is_no_less_than_the_arrays_that_stand() -> None:
    for listing in LISTINGS.values():
        run = listing.start({})
        advanced(run, min(run.steps, 20))
        assert run.bytes / 8 <= listing.cost(listing.defaults()).elements


def test_a_rate_too_high_ends_in_numbers_that_are_none() -> None:
    run = NET.start({**SMALL, "rate": 10, "iterations": 200})
    advanced(run, run.steps)
    assert not np.isfinite(run.losses[-1])


def test_numbers_are_written_as_one_would_type_them() -> None:
    text = "a, b = 1e-4, 3\nc = 'text'\n"
    assert numbers_of(text) == {"a": 1e-4, "b": 3}
    assert with_numbers(text, {"a": 0.00025, "b": 12}) == "a, b = 2.5e-4, 12\nc = 'text'\n"
    assert with_numbers(text, {"a": 1 / 3000}) == f"a, b = {1 / 3000!r}, 3\nc = 'text'\n"
    assert with_numbers(text, {"a": 0.5}) == "a, b = 0.5, 3\nc = 'text'\n"


@pytest.mark.parametrize(
    "text",
    [
        "import numpy\n",
        "print(1)\n",
        "a = (1,\n  2)\n",
        "for i in range(3):\n    a = i\n",
        "n = 1\nfor i in range(n):\n    print(i)\n",
    ],
)
def test_what_cannot_be_run_by_lines_is_no_listing(text: str) -> None:
    with pytest.raises(ValueError, match=r"line \d"):
        parse(text)


def test_a_listing_whose_text_is_changed_changes_what_runs() -> None:
    program = parse(with_numbers(NET.text, {**NET.defaults(), **SMALL}).replace("2 * (", "4 * ("))
    first, second = Run(program, 1), NET.start({**SMALL, "iterations": 1})
    advanced(first, first.steps)
    advanced(second, second.steps)
    np.testing.assert_array_equal(array(first, "dW2"), 2 * array(second, "dW2"))
    assert replace(program, text="").loop == program.loop

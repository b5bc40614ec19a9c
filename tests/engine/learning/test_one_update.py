"""One update taken apart is the update that a run makes, to the last bit, and its lines add up."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine import trace
from engine.errors import InputError, LimitError
from engine.learning.batch import open_batch
from engine.learning.clipping import CLIPPINGS
from engine.learning.layers import write_program
from engine.learning.one_update import Update, explain_update
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.rule_lines import SYMBOLS
from engine.learning.slices import run_slice, start
from engine.learning.spec import (
    ClipSpec,
    DataSpec,
    OptimizerSpec,
    ScheduleSpec,
    StopSpec,
    TrainingSpec,
)

# 45 training points in minibatches of 8: five full ones and one of 5
SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 60, 0.2), batch_size=8, seed=3)


def explained(spec: TrainingSpec, updates: int = 7) -> Update:
    state, _ = run_slice(spec, start(spec), updates)
    return explain_update(spec, state)


@pytest.mark.parametrize("clip", [None, *CLIPPINGS])
@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_it_is_the_update_a_run_makes(name: str, weight_decay: float, clip: str | None) -> None:
    spec = replace(
        SPEC,
        optimizer=OptimizerSpec(name, OPTIMIZERS[name].learning_rate, weight_decay=weight_decay),
        schedule=ScheduleSpec("exponential", epochs=2, gamma=0.5),
        clip=None if clip is None else ClipSpec(clip, 0.05),
    )
    before, _ = run_slice(spec, start(spec), 7)
    given = before.to_plain()
    update = explain_update(spec, before)
    after, _ = run_slice(spec, before, 1)
    assert before.to_plain() == given
    assert update.state.to_plain() == after.to_plain()
    assert update.updates == after.optimizer.updates
    for parameter in update.parameters:
        assert np.array_equal(parameter.before, before.parameters[parameter.name])
        assert np.array_equal(parameter.after, after.parameters[parameter.name])
        assert np.array_equal(parameter.shrunk + parameter.step, parameter.after)
        assert set(parameter.slots) == set(OPTIMIZERS[name].slots)
        for slot, array in parameter.slots.items():
            assert np.array_equal(parameter.slots_before[slot], before.optimizer.slots[slot][parameter.name])
            assert np.array_equal(array, after.optimizer.slots[slot][parameter.name])
        if clip is None:
            assert np.array_equal(parameter.raw, parameter.clipped)


@pytest.mark.parametrize("updates", [0, 5, 6])
def test_the_minibatch_goes_forward_and_back_as_in_the_trace(updates: int) -> None:
    """Step 5 is the last minibatch of an epoch, with 5 points; step 6 the first of the next."""
    update = explained(SPEC, updates)
    state, _ = run_slice(SPEC, start(SPEC), updates)
    batch = open_batch(SPEC, state)
    assert np.array_equal(update.points, batch.points)
    assert len(update.points) == (5 if updates == 5 else 8)
    found = trace(SPEC.program, batch.inputs)
    names = [statement.name for statement in update.statements]
    assert names[-5:] == ["h1", "scores", "data_loss", "regularization", "loss"]
    assert update.loss == "loss"
    by_name = {statement.name: statement for statement in update.statements}
    assert by_name["h1"].operands == ("X", "W1", "b1")
    assert by_name["scores"].operands == ("h1", "W2", "b2")
    assert by_name["loss"].operands == ("data_loss", "regularization")
    assert by_name["regularization"].operands == ("W1", "W2")
    for name, statement in by_name.items():
        node = found.graph.named(name)
        assert node is not None
        np.testing.assert_allclose(statement.value, found.values[node.index], rtol=2e-5, atol=1e-6)
        if statement.kind == "data":
            assert statement.gradient is None
        else:
            assert statement.gradient is not None
            wanted = found.gradient_of[node.index]
            assert wanted is not None
            np.testing.assert_allclose(statement.gradient, wanted, rtol=1e-3, atol=1e-6)
    of_parameters = {parameter.name: parameter.raw for parameter in update.parameters}
    for name, raw in of_parameters.items():
        assert np.array_equal(by_name[name].gradient, raw)


@pytest.mark.parametrize("clip", [None, *CLIPPINGS])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_lines_give_the_numbers_they_stand_beside(name: str, clip: str | None) -> None:
    """Each line, read as a formula of the quantities it names, makes the number written beside it."""
    optimizer = OptimizerSpec(name, OPTIMIZERS[name].learning_rate, weight_decay=0.1)
    bound = None if clip is None else ClipSpec(clip, 0.05)
    spec = replace(SPEC, optimizer=optimizer, clip=bound, dtype="float64")
    for parameter, index in (("W1", (1, 3)), ("b2", (2,))):
        element = explained(spec).element(parameter, index)
        assert [line.name for line in element.lines][-1] == "after"
        for line in element.lines:
            assert line.name in SYMBOLS
            assert read(line.latex, element.numbers) == pytest.approx(line.value, rel=1e-9, abs=1e-15)
        # biases are exempt from decay
        assert ("weight_decay" in "".join(line.latex for line in element.lines)) == (parameter == "W1")


def read(latex: str, numbers: dict[str, float]) -> float:
    """What a line of LaTeX computes."""
    text = re.sub(
        r"\{(\w+)\}", lambda found: f"({numbers[found[1]]!r})" if found[1] in numbers else found[0], latex
    )
    text = text.replace(r"\left", "").replace(r"\right", "").replace(r"\cdot", "*")
    text = text.replace(r"\min", "min").replace(r"\max", "max").replace(r"\sqrt", "root")
    while r"\frac" in text:
        before, _, rest = text.partition(r"\frac")
        top, rest = grouped(rest)
        bottom, rest = grouped(rest)
        text = f"{before}(({top}) / ({bottom})){rest}"
    text = text.replace("{", "(").replace("}", ")").replace("^", "**")
    return eval(text, {"min": min, "max": max, "root": np.sqrt})  # noqa: S307


def grouped(text: str) -> tuple[str, str]:
    """The first group in braces, and what comes after it."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return text[1:place], text[place + 1 :]
    raise AssertionError(text)


def test_a_program_of_ones_own_is_walked_by_its_names() -> None:
    program = (
        "rate = 0.5\nW = he(2, 3)\nh = X @ W\nsame = h\nq = h + h\nloss = rate * mean(q**2)\nseen = sum(X)"
    )
    update = explained(replace(SPEC, program=program))
    names = {statement.name: statement for statement in update.statements}
    assert list(names) == ["X", "rate", "W", "h", "q", "loss"]
    assert names["rate"].kind == "constant"
    assert names["rate"].gradient is None
    assert names["q"].operands == ("h",)
    assert names["loss"].operands == ("rate", "q")


def test_a_refused_update_is_shown_and_says_why() -> None:
    optimizer = OptimizerSpec("sgd", 10.0)
    program = write_program(2, (16, 16), 3, regularization=1.0)
    spec = replace(SPEC, program=program, optimizer=optimizer)
    state, frame = run_slice(spec, start(spec), 1000)
    assert frame.finished is not None
    update = explain_update(spec, state)
    assert update.finished is not None
    assert update.finished.detail == frame.finished.detail
    assert update.state.to_plain() == state.to_plain()


def test_a_run_that_has_stopped_makes_no_update() -> None:
    spec = replace(SPEC, stop=StopSpec("train_loss", "at_most", 1e6))
    state, frame = run_slice(spec, start(spec), 100)
    assert frame.stopped is not None
    update = explain_update(spec, state)
    assert update.stopped == frame.stopped
    assert update.state.to_plain() == state.to_plain()


def test_an_element_that_there_is_not_and_a_walk_too_large_are_refused() -> None:
    update = explained(SPEC)
    for parameter, index in (("W9", (0,)), ("W1", (0,)), ("W1", (0, 8)), ("b1", (-1,))):
        with pytest.raises(InputError):
            update.element(parameter, index)
    program = write_program(2, (256,) * 4, 3)
    large = replace(SPEC, program=program, data=DataSpec("spiral", 3, 6000, 0.2), batch_size=2000)
    with pytest.raises(LimitError, match="elements in all tensors"):
        explain_update(large, start(large))
    with pytest.raises(InputError, match="parameters"):
        explain_update(SPEC, start(large))

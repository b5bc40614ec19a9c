"""Weights put back: the very numbers, for the very parameters, or a word of what does not fit."""

import json

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning import DataSpec, TrainingSpec, run_slice, start, write_program
from engine.learning.exports import weights_json
from engine.learning.imports import with_weights

SPEC = TrainingSpec(write_program(2, (4,), 3), DataSpec(samples=60), batch_size=8)


def test_weights_taken_away_as_json_come_back_bit_for_bit() -> None:
    state, shown = run_slice(SPEC, start(SPEC), 20)
    file = json.loads(weights_json(SPEC, state))
    back = with_weights(
        SPEC, {one["name"]: np.array(one["values"]) for one in file["parameters"]}, file["step"]
    )
    assert back.step == 20
    for name, array in state.parameters.items():
        assert back.parameters[name].dtype == array.dtype
        np.testing.assert_array_equal(back.parameters[name], array)
    _, seen = run_slice(SPEC, back, 0)
    assert seen.accuracy == shown.accuracy
    after, _ = run_slice(SPEC, back, 3)
    assert after.step == 23


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"b9": np.zeros(2)}, "no parameter `b9`"),
        ({"W1": np.zeros((2, 5))}, "`W1` is of shape (2, 5)"),
        ({"b2": None}, "`b2` is missing"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, np.ndarray | None], words: str) -> None:
    given = {**start(SPEC).parameters, **change}
    with pytest.raises(InputError, match=r"b9|W1|b2") as caught:
        with_weights(SPEC, {name: array for name, array in given.items() if array is not None})
    assert caught.value.code == "bad_weights"
    assert words in caught.value.detail

"""One number of a state is set, and nothing else of it changes."""

from math import inf, nan

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning import DataSpec, TrainingSpec, TrainingState, edited, run_slice, start, write_program

SPEC = TrainingSpec(write_program(2, (4,), 3), DataSpec("spiral", 3, 60, 0.2), batch_size=8)


def test_one_number_is_set_and_all_else_stays() -> None:
    before, _ = run_slice(SPEC, start(SPEC), 9)
    untouched = before.to_plain()
    after = edited(before, "W1", (1, 3), 0.1)
    assert after.parameters["W1"][1, 3] == np.float32(0.1)
    assert before.to_plain() == untouched
    again = edited(after, "W1", (1, 3), float(before.parameters["W1"][1, 3]))
    assert again.to_plain() == untouched
    assert edited(before, "b2", (0,), -2).parameters["b2"].tolist()[0] == -2


def test_an_edited_state_trains_on_and_travels() -> None:
    state = edited(start(SPEC), "b1", (0,), 0.5)
    whole, _ = run_slice(SPEC, state, 5)
    travelled, _ = run_slice(SPEC, TrainingState.from_plain(state.to_plain()), 5)
    untouched, _ = run_slice(SPEC, start(SPEC), 5)
    assert whole.to_plain() == travelled.to_plain() != untouched.to_plain()


@pytest.mark.parametrize(
    ("parameter", "index", "value", "code", "words"),
    [
        ("W9", (0, 0), 1.0, "unknown_name", r"no parameter named 'W9'"),
        ("W1", (0,), 1.0, "wrong_index", r"W1 has shape \(2, 4\), so \[0\] names no single number"),
        ("b1", (), 1.0, "wrong_index", "b1 has shape"),
        ("b1", (0, 0), 1.0, "wrong_index", "b1 has shape"),
        ("W1", (2, 0), 1.0, "out_of_range", "index 0 of W1 is 2; .* from 0 to 1"),
        ("W1", (0, -1), 1.0, "out_of_range", "index 1 of W1 is -1"),
        ("b1", (0,), nan, "not_finite", "b1 cannot be set to nan"),
        ("b1", (0,), -inf, "not_finite", "b1 cannot be set to -inf"),
        ("b1", (0,), 1e300, "not_finite", "no finite float32"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(
    parameter: str, index: tuple[int, ...], value: float, code: str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        edited(start(SPEC), parameter, index, value)
    assert caught.value.code == code

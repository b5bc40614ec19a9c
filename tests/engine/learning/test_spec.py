"""A training run's specification is checked where it is made."""

import pickle

import pytest

from engine.errors import InputError
from engine.learning.spec import DataSpec, TrainingSpec


def test_a_spec_is_a_value() -> None:
    spec = TrainingSpec("loss = sum(X)")
    assert spec == TrainingSpec("loss = sum(X)")
    assert hash(spec) == hash(pickle.loads(pickle.dumps(spec)))  # noqa: S301


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": 46, "data": DataSpec(samples=60)}, "batch_size is 46; .* from 1 to 45"),
        ({"seed": 0.5}, "seed is 0.5"),
        ({"dtype": "float16"}, "no dtype named 'float16'"),
    ],
)
def test_impossible_specs_are_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        TrainingSpec("loss = sum(X)", **changes)

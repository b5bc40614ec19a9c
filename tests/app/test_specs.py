"""A training as a request describes it: its spec, and the state it starts from."""

import base64

import pytest

from app.encoding import to_msgpack
from app.schemas.trainings import TrainingRequest
from app.specs import read_spec, starting_point
from engine.errors import InputError
from engine.learning import TrainingSpec, advance, start, write_program

ASKED = TrainingRequest(program=write_program(2, (4,), 3), batch_size=16)


def test_what_is_left_out_is_the_specs_own_default() -> None:
    assert read_spec(ASKED.model_dump()) == TrainingSpec(ASKED.program, batch_size=16)


def test_a_training_starts_where_its_client_left_off_or_at_its_start() -> None:
    spec = read_spec(ASKED.model_dump())
    assert starting_point(spec, None).to_plain() == start(spec).to_plain()
    later, _, _ = advance(spec, start(spec), 5)
    packed = base64.b64encode(to_msgpack(later.to_plain())).decode()
    assert starting_point(spec, packed).to_plain() == later.to_plain()
    # other settings keep what fits
    wider = read_spec(ASKED.model_copy(update={"program": write_program(2, (5,), 3)}).model_dump())
    carried = starting_point(wider, packed)
    assert carried.step == 5
    assert carried.parameters["b2"].tobytes() == later.parameters["b2"].tobytes()


@pytest.mark.parametrize("text", ["!", "AAAA", ""])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="this training state"):
        starting_point(read_spec(ASKED.model_dump()), text)

"""`edit`: one number of the present state, set by hand."""

from typing import Any

import msgpack
import numpy as np
import pytest

from app.encoding import to_msgpack
from app.states import fingerprint
from engine.learning import TrainingState, edited, run_slice


def edit(live: Any, parameter: str, index: list[int], value: float) -> dict[str, Any]:
    live.say("edit", parameter=parameter, index=index, value=value)
    return live.hear_frame()


def number(live: Any, frame: dict[str, Any], parameter: str, index: tuple[int, ...]) -> float:
    state = TrainingState.from_plain(msgpack.unpackb(live.state(frame)))
    return float(state.parameters[parameter][index])


def test_one_number_is_set_and_the_run_goes_on_from_there(live: Any, reference: Any) -> None:
    live.configure()
    live.say("step", unit="update", count=30)
    live.hear_frame()
    state = edited(TrainingState.from_plain(msgpack.unpackb(reference(30))), "b1", (3,), 0.5)
    frame = edit(live, "b1", [3], 0.5)
    assert (frame["step"], frame["playing"]) == (30, False)
    assert frame["fingerprint"] == fingerprint(to_msgpack(state.to_plain()))
    live.say("step", unit="update", count=12)
    after, _ = run_slice(reference.spec, state, 12)
    assert live.hear_frame()["fingerprint"] == fingerprint(to_msgpack(after.to_plain()))


def test_a_replay_makes_the_edit_again(live: Any, reference: Any) -> None:
    live.configure()
    live.say("step", unit="update", count=10)
    live.hear_frame()
    edit(live, "W1", [1, 2], -2.5)
    live.say("step", unit="update", count=10)
    late = live.hear_frame()
    live.say("rewind", step=9)
    assert live.hear_frame()["fingerprint"] == reference.fingerprint(9)
    live.say("rewind", step=20)
    assert live.hear_frame()["fingerprint"] == late["fingerprint"]
    live.say("rewind", step=10)
    assert number(live, live.hear_frame(), "W1", (1, 2)) == -2.5


def test_an_edit_of_an_earlier_state_drops_what_came_after(live: Any) -> None:
    live.configure()
    live.say("step", unit="update", count=20)
    live.hear_frame()
    live.say("rewind", step=5)
    live.hear_frame()
    edit(live, "b2", [0], 1.0)
    live.say("rewind", step=20)
    live.hear_problem("out_of_range")


def test_edits_pause_nothing(live: Any) -> None:
    live.configure()
    live.say("play")
    live.hear_frame(lambda frame: frame["step"] > 0)
    for value in np.linspace(0, 1, 20):
        live.say("edit", parameter="b1", index=[0], value=float(value))
    frame = live.hear_frame(lambda frame: frame["step"] > 1000)
    assert frame["playing"] is True


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"parameter": "W9", "index": [0, 0], "value": 1.0}, "unknown_name"),
        ({"parameter": "W1", "index": [0], "value": 1.0}, "wrong_index"),
        ({"parameter": "W1", "index": [2, 0], "value": 1.0}, "out_of_range"),
        ({"parameter": "W1", "index": [-1, 0], "value": 1.0}, "out_of_range"),
        ({"parameter": "b1", "index": [0], "value": 1e39}, "not_finite"),
        ({"parameter": "b1", "index": [0.5], "value": 1.0}, "invalid_request"),
        ({"parameter": "b1", "index": [True], "value": 1.0}, "invalid_request"),
        ({"parameter": "b1", "index": [0], "value": None}, "invalid_request"),
        ({"parameter": "b1", "index": [0], "value": "1"}, "invalid_request"),
        ({"parameter": "b1", "index": [0] * 9, "value": 1.0}, "invalid_request"),
        ({"parameter": "b" * 201, "index": [0], "value": 1.0}, "invalid_request"),
    ],
)
def test_an_edit_that_cannot_be_changes_nothing(
    fields: dict[str, Any], code: str, live: Any, reference: Any
) -> None:
    live.configure()
    live.say("edit", **fields)
    assert live.hear_problem(code)["status"] == 422
    live.say("step", unit="update")
    assert live.hear_frame()["fingerprint"] == reference.fingerprint(1)


def test_a_number_that_is_not_finite_is_none(live: Any) -> None:
    live.configure()
    for value in ("NaN", "Infinity", "1e400"):
        live.socket.send(f'{{"type": "edit", "parameter": "b1", "index": [0], "value": {value}}}')
        assert live.hear()["type"] == "problem"


def test_an_edit_that_ruins_the_loss_is_told_and_can_be_undone(live: Any, reference: Any) -> None:
    live.configure()
    live.say("play")
    live.hear_frame(lambda frame: frame["step"] > 0)
    live.say("edit", parameter="W2", index=[0, 0], value=3e38)
    live.say("edit", parameter="W2", index=[1, 0], value=3e38)
    live.hear_end("finished")
    live.say("rewind", step=1)
    assert live.hear_frame(lambda frame: frame["step"] == 1)["fingerprint"] == reference.fingerprint(1)

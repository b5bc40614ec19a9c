"""`rewind`: to any step of the run, bit for bit, as often as one likes, until the run goes on."""

import base64
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import msgpack

from app.encoding import to_msgpack
from app.settings import Settings
from app.states import fingerprint
from engine.learning import OptimizerSpec, TrainingState, carry_over, run_slice, write_program

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]

SGD = {"name": "sgd", "learning_rate": 0.1}


def play_to(live: Any, step: int) -> dict[str, Any]:
    """Train in slices as they come until at least that step, then rest; answers the newest frame."""
    live.say("play")
    frame = live.hear_frame(lambda frame: frame["step"] >= step)
    live.say("pause")
    return [frame, *(message for message in live.hear_all() if message["type"] == "frame")][-1]


def rewind(live: Any, step: int) -> dict[str, Any]:
    live.say("rewind", step=step)
    return live.hear_frame()


def test_any_step_is_reached_again_bit_for_bit(live: Any, reference: Any) -> None:
    ready, first = live.configure()
    assert ready["earliest"] == first["earliest"] == 0
    newest = play_to(live, 3000)
    for step in (0, 1, 2, 17, 1234, 2999, newest["step"], 500, 501, 502, 0, newest["step"]):
        frame = rewind(live, step)
        assert (frame["step"], frame["playing"]) == (step, False)
        assert frame["fingerprint"] == reference.fingerprint(step)
    # where the run stopped it looks as it did then
    assert {**frame, "updates_per_second": 0} == {**newest, "updates_per_second": 0}


def test_a_run_goes_on_from_where_it_was_set_and_what_came_after_is_gone(live: Any, reference: Any) -> None:
    live.configure()
    newest = play_to(live, 500)["step"]
    rewind(live, 123)
    live.say("step", unit="update")
    frame = live.hear_frame()
    assert frame["fingerprint"] == reference.fingerprint(124)
    live.say("rewind", step=newest)
    problem = live.hear_problem("out_of_range")
    assert problem["detail"] == f"step {newest:,} is not one this run can be set to: those are 0 to 124"
    assert problem["parameters"] == {"what": "step", "value": newest, "lowest": 0, "highest": 124}
    assert rewind(live, 60)["fingerprint"] == reference.fingerprint(60)


def test_a_step_is_replayed_under_the_spec_of_then_and_goes_on_under_that_of_now(
    live: Any, spec: dict[str, Any], reference: Any
) -> None:
    live.configure()
    live.say("step", unit="update", count=50)
    live.hear_frame()
    live.configure(spec | {"optimizer": SGD})
    live.say("step", unit="update", count=50)
    live.hear_frame()
    now = replace(reference.spec, optimizer=OptimizerSpec(**SGD))
    changed = carry_over(now, TrainingState.from_plain(msgpack.unpackb(reference(50))))
    late, _ = run_slice(now, changed, 30)
    assert rewind(live, 80)["fingerprint"] == fingerprint(to_msgpack(late.to_plain()))
    # under adam then, and under sgd from here
    early = rewind(live, 20)
    assert reference.parameters(live.state(early)) == reference.parameters(reference(20))
    live.say("step", unit="update", count=5)
    here = carry_over(now, TrainingState.from_plain(msgpack.unpackb(reference(20))))
    on, _ = run_slice(now, here, 5)
    assert live.hear_frame()["fingerprint"] == fingerprint(to_msgpack(on.to_plain()))
    assert rewind(live, 20)["fingerprint"] == fingerprint(to_msgpack(here.to_plain()))
    assert rewind(live, 19)["step"] == 19


def test_another_network_takes_over_what_fits_of_an_earlier_one(
    live: Any, spec: dict[str, Any], reference: Any
) -> None:
    live.configure()
    live.say("step", unit="update", count=40)
    live.hear_frame()
    live.configure(spec | {"program": write_program(classes=3, hidden=(8, 4))})
    live.say("step", unit="update", count=10)
    live.hear_frame()
    parameters = reference.parameters(live.state(rewind(live, 30)))
    assert list(parameters) == ["W1", "b1", "W2", "b2", "W3", "b3"]
    assert parameters["W1"] == reference.parameters(reference(30))["W1"]
    live.say("play")
    live.hear_frame(lambda frame: frame["step"] > 100)


def test_history_begins_where_a_state_was_handed_in(live: Any, reference: Any) -> None:
    state = base64.b64encode(reference(300)).decode()
    ready, _ = live.configure(state=state)
    assert ready["earliest"] == 300
    live.say("step", unit="update", count=20)
    live.hear_frame()
    live.say("rewind", step=299)
    assert "those are 0 and 300 to 320" in live.hear_problem("out_of_range")["detail"]
    assert rewind(live, 310)["fingerprint"] == reference.fingerprint(310)
    assert rewind(live, 300)["fingerprint"] == reference.fingerprint(300)
    start = rewind(live, 0)
    assert (start["fingerprint"], start["earliest"]) == (reference.fingerprint(0), 300)
    live.say("step", unit="update")
    after = live.hear_frame()
    assert (after["step"], after["earliest"]) == (1, 0)


def test_newest_of_many_rewinds_wins(live: Any, reference: Any) -> None:
    live.configure()
    play_to(live, 2000)
    for step in range(100, 1900, 10):
        live.say("rewind", step=step)
    frames = [message for message in live.hear_all() if message["type"] == "frame"]
    assert frames[-1]["step"] == 1890
    for frame in frames[:: max(1, len(frames) // 10)]:
        assert frame["fingerprint"] == reference.fingerprint(frame["step"])


def test_rewind_while_playing_trains_on_from_there(live: Any, reference: Any) -> None:
    live.configure()
    live.say("speed", updates_per_second=2000)
    live.say("play")
    live.hear_frame(lambda frame: frame["step"] > 300)
    live.say("rewind", step=100)
    live.hear_frame(lambda frame: frame["step"] == 100)
    later = live.hear_frame(lambda frame: frame["step"] > 100)
    assert later["fingerprint"] == reference.fingerprint(later["step"])


def test_a_rewind_that_is_refused_leaves_the_training_playing(live: Any) -> None:
    live.configure()
    live.say("play")
    live.say("rewind", step=10**9)
    live.hear_problem("out_of_range")
    assert live.hear_frame(lambda frame: frame["step"] > 100)["playing"] is True


def test_a_run_that_stopped_is_stopped_where_it_did(live: Any, spec: dict[str, Any]) -> None:
    live.configure(spec | {"stop": {"metric": "train_accuracy", "when": "at_least", "value": 0.6}})
    live.say("play")
    stopped = live.hear_frame(lambda frame: frame["stopped"] is not None)
    live.hear_all()
    assert rewind(live, stopped["step"] - 1)["stopped"] is None
    assert rewind(live, stopped["step"])["stopped"] == stopped["stopped"]


def test_a_small_history_still_leads_everywhere(run_server: Run, join: Join, reference: Any) -> None:
    settings = Settings(workers=1, history_states=4, history_bytes=40_000)
    with run_server(settings) as server, join(server) as live:
        live.configure()
        newest = play_to(live, 4000)["step"]
        for step in (1, 999, 3333, newest):
            assert rewind(live, step)["fingerprint"] == reference.fingerprint(step)


def test_many_changes_move_the_earliest_step(run_server: Run, join: Join, spec: dict[str, Any]) -> None:
    with run_server(Settings(workers=1, history_states=4)) as server, join(server) as live:
        live.configure()
        for number in range(1, 7):
            live.say("step", unit="update", count=10)
            live.hear_frame()
            rate = {"name": "adam", "learning_rate": number / 100}
            ready, frame = live.configure(spec | {"optimizer": rate})
        assert ready["earliest"] == frame["earliest"] == 30
        live.say("rewind", step=29)
        live.hear_problem("out_of_range")
        assert rewind(live, 30)["step"] == 30

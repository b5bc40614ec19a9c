"""Play, pause, step, rewind, speed."""

import time
from typing import Any

from engine.learning import write_program


def test_playing_trains_exactly_as_the_engine_does(live: Any, reference: Any) -> None:
    live.configure()
    live.say("play")
    assert live.hear_kind("status") == {"version": 1, "type": "status", "playing": True, "step": 0}
    frame = live.hear_frame(lambda frame: frame["epoch"] >= 5)
    assert frame["playing"] is True
    assert frame["updates_per_second"] > 0
    assert frame["fingerprint"] == reference.fingerprint(frame["step"])


def test_spiral_is_learned(live: Any, spec: dict[str, Any]) -> None:
    spec = spec | {
        "program": write_program(classes=3, hidden=(16, 16)),
        "data": spec["data"] | {"samples": 600},
    }
    live.configure(spec)
    live.say("play")
    frame = live.hear_frame(lambda frame: frame["accuracy"]["validation"] > 0.9)
    assert frame["losses"]["train"]["data"] < 0.5


def test_pause_stops_and_shows_where(live: Any, reference: Any) -> None:
    live.configure()
    live.say("play")
    live.hear_frame(lambda frame: frame["step"] > 0)
    live.say("pause")
    while live.hear_kind("status")["playing"]:
        pass
    rest = live.hear_all()
    assert not rest or rest[-1]["playing"] is False
    live.say("step", unit="update")
    assert live.hear_kind("status")["playing"] is False
    frame = live.hear_frame()
    assert frame["fingerprint"] == reference.fingerprint(frame["step"])


def test_step_makes_one_update(live: Any, reference: Any) -> None:
    live.configure()
    for step in (1, 2, 3):
        live.say("step", unit="update")
        frame = live.hear_frame()
        assert (frame["step"], frame["playing"]) == (step, False)
    assert frame["fingerprint"] == reference.fingerprint(3)


def test_steps_asked_for_at_once_are_all_made(live: Any, reference: Any) -> None:
    live.configure()
    live.draws = False
    for _ in range(20):
        live.say("step", unit="update")
    first = live.hear_frame()
    live.draws = True
    live.say("drawn", step=first["step"])
    assert live.hear_frame(lambda frame: frame["step"] == 20)["fingerprint"] == reference.fingerprint(20)
    assert not [message for message in live.hear_all() if message["type"] == "frame"]


def test_pause_calls_off_the_steps(live: Any) -> None:
    live.configure()
    for _ in range(200):
        live.say("step", unit="epoch")
    live.say("pause")
    frames = [message for message in live.hear_all() if message["type"] == "frame"]
    assert frames[-1]["epoch"] < 200


def test_step_finishes_the_epoch(live: Any) -> None:
    live.configure()
    # 90 training points in batches of 16: 5 full ones and the rest
    live.say("step", unit="update")
    live.hear_frame()
    live.say("step", unit="epoch")
    frame = live.hear_frame(lambda frame: frame["epoch"] == 1)
    assert frame["step"] == 6
    live.say("step", unit="epoch")
    assert live.hear_frame(lambda frame: frame["epoch"] == 2)["step"] == 12


def test_rewind_is_the_very_same_start(live: Any, reference: Any) -> None:
    _, first = live.configure()
    live.say("play")
    live.hear_frame(lambda frame: frame["epoch"] >= 2)
    live.say("pause")
    live.say("rewind", step=0)
    again = live.hear_frame(lambda frame: frame["step"] == 0)
    assert {**again, "updates_per_second": 0} == {**first, "updates_per_second": 0}
    live.say("step", unit="epoch")
    frame = live.hear_frame(lambda frame: frame["epoch"] == 1)
    assert frame["fingerprint"] == reference.fingerprint(frame["step"])


def test_rewind_while_playing_plays_on(live: Any) -> None:
    live.configure()
    live.say("play")
    live.hear_frame(lambda frame: frame["epoch"] >= 2)
    live.say("rewind", step=0)
    live.hear_frame(lambda frame: frame["step"] == 0)
    assert live.hear_frame(lambda frame: frame["step"] > 0)["playing"] is True


def test_speed_is_respected(live: Any) -> None:
    live.configure()
    live.say("speed", updates_per_second=40)
    live.say("play")
    begun = time.monotonic()
    frame = live.hear_frame(lambda frame: frame["step"] >= 20)
    # never faster, however long it takes
    assert time.monotonic() - begun > 0.4
    assert frame["step"] <= 24
    live.say("speed", updates_per_second=None)
    assert live.hear_frame(lambda frame: frame["step"] >= 1000)["playing"]


def test_slow_speed_makes_single_updates(live: Any) -> None:
    live.configure()
    live.say("speed", updates_per_second=5)
    live.say("play")
    steps = [live.hear_frame()["step"] for _ in range(3)]
    assert steps == [1, 2, 3]


def test_counted_updates_end_in_one_frame(live: Any, reference: Any) -> None:
    live.configure()
    live.say("step", unit="update", count=1)
    live.say("step", unit="update", count=2345)
    assert live.hear_frame()["step"] == 1
    frame = live.hear_frame()
    assert (frame["step"], frame["fingerprint"]) == (2346, reference.fingerprint(2346))


def test_counted_epochs_are_all_made(live: Any, reference: Any) -> None:
    live.configure()
    live.say("step", unit="epoch", count=30)
    frame = live.hear_frame(lambda frame: frame["epoch"] == 30)
    assert frame["fingerprint"] == reference.fingerprint(30 * 6)
    assert live.hear_all() == []


def test_a_pause_shows_where_counted_updates_were_called_off(live: Any, reference: Any) -> None:
    live.configure()
    live.say("step", unit="update", count=100_000)
    assert live.hear()["type"] == "status"
    # the first of many slices was made when the answer to this comes
    live.say("edit", parameter="b9", index=[0], value=1)
    live.hear_problem("unknown_name")
    live.say("pause")
    heard = live.hear_all()
    assert [message["type"] for message in heard] == ["status", "frame"]
    assert 0 < heard[-1]["step"] < 100_000
    live.say("rewind", step=8)
    assert live.hear_frame()["fingerprint"] == reference.fingerprint(8)


def test_counted_updates_end_where_the_training_cannot_go_on(live: Any, spec: dict[str, Any]) -> None:
    live.configure(spec | {"optimizer": {"name": "sgd", "learning_rate": 1e6}})
    live.say("step", unit="update", count=50_000)
    frame = live.hear_frame()
    assert frame["finished"]["parameters"]["cause"] == "learning_rate"
    assert frame["step"] < 50_000
    stop = {"metric": "train_accuracy", "when": "at_least", "value": 0.6}
    live.configure(spec | {"stop": stop}, restart=True)
    live.say("step", unit="update", count=50_000)
    assert live.hear_frame()["stopped"] is not None

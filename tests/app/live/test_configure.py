"""`configure`: what it answers, what it keeps, what may be handed in."""

import base64
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import pytest

from app.encoding import to_msgpack
from engine.learning import TrainingSpec, sample, start, write_program

Join = Callable[..., AbstractContextManager[Any]]


def test_configure_answers_the_points_and_a_first_frame(
    live: Any, spec: dict[str, Any], reference: Any
) -> None:
    ready, frame = live.configure()
    data = sample(reference.spec.data)
    for part, X, y in (
        ("train", data.X_train, data.y_train),
        ("validation", data.X_validation, data.y_validation),
    ):
        points = ready["points"][part]
        assert np.array_equal(np.frombuffer(points["x"], "<f4"), X[:, 0])
        assert np.array_equal(np.frombuffer(points["y"], "<f4"), X[:, 1])
        assert np.array_equal(np.frombuffer(points["label"], np.uint8), y)
    assert (ready["classes"], ready["extent"]) == (3, [-1.25, 1.25])
    assert ready["parameters"] == 2 * 8 + 8 + 8 * 3 + 3
    assert list(frame) == [
        *("version", "type", "playing", "updates_per_second", "earliest", "step", "epoch"),
        *("losses", "accuracy", "confusion", "boundary", "parameters", "layers", "learning_rate"),
        *("units", "values", "warp", "chosen", "place", "stopped", "fingerprint", "finished"),
    ]
    assert (frame["step"], frame["epoch"], frame["playing"], frame["finished"]) == (0, 0, False, None)
    assert set(frame["losses"]) == set(frame["accuracy"]) == {"train", "validation"}
    assert set(frame["losses"]["train"]) == {"total", "data", "regularization"}
    assert frame["boundary"]["size"] == 64
    assert len(frame["boundary"]["classes"]) == len(frame["boundary"]["confidence"]) == 64 * 64
    assert set(frame["boundary"]["classes"]) <= {0, 1, 2}
    assert frame["fingerprint"] == reference.fingerprint(0)


def test_nothing_trains_before_play(live: Any) -> None:
    live.configure()
    with pytest.raises(TimeoutError):
        live.hear(timeout=0.3)


def test_later_configure_keeps_parameters_whose_name_and_shape_stay(
    live: Any, spec: dict[str, Any], reference: Any
) -> None:
    live.configure()
    live.say("step", unit="epoch")
    frame = live.hear_frame()
    before = live.state(frame)
    changed = spec | {"program": spec["program"].replace("relu(", "tanh(")}
    _, after = live.configure(changed)
    assert after["step"] == frame["step"]
    assert reference.parameters(live.state(after)) == reference.parameters(before)
    wider = spec | {"program": write_program(classes=3, hidden=(8, 4))}
    _, wide = live.configure(wider)
    grown = reference.parameters(live.state(wide))
    assert grown["W1"] == reference.parameters(before)["W1"]
    assert "W3" in grown
    _, fresh = live.configure(spec, restart=True)
    assert fresh["fingerprint"] == reference.fingerprint(0)


def test_training_goes_on_from_a_state_handed_in(server: Any, join: Join, reference: Any) -> None:
    with join(server) as first:
        first.configure()
        first.say("step", unit="epoch")
        before = first.hear_frame(lambda frame: frame["epoch"] == 1)
        state = first.state(before)
    with join(server) as second:
        _, frame = second.configure(state=base64.b64encode(state).decode())
        assert frame["fingerprint"] == before["fingerprint"]
        second.say("step", unit="epoch")
        frame = second.hear_frame(lambda frame: frame["epoch"] == 2)
        assert frame["fingerprint"] == reference.fingerprint(frame["step"])


def test_newest_of_many_changes_wins(live: Any, spec: dict[str, Any]) -> None:
    for rate in range(1, 30):
        live.say("configure", spec=spec | {"optimizer": {"name": "sgd", "learning_rate": rate / 1000}})
    live.say(
        "configure", spec=spec | {"data": spec["data"] | {"classes": 2}, "program": write_program(classes=2)}
    )
    while live.hear_kind("ready")["classes"] != 2:
        pass
    live.hear_frame()
    with pytest.raises(TimeoutError):
        live.hear(timeout=0.3)


def wrong_states(reference: Any) -> list[str]:
    good = start(reference.spec).to_plain()
    nan = np.full(16, np.nan, "<f4").tobytes()
    plains: list[Any] = [
        {},
        {**good, "version": 1},
        {**good, "step": -1},
        {**good, "step": 2**60},
        {**good, "more": 1},
        {**good, "parameters": []},
        {**good, "parameters": [{"name": "W1", "shape": [2, 8], "values": nan}]},
        {**good, "parameters": [{"name": "W1", "shape": [2**40], "values": b""}]},
        [1],
        None,
        "state",
    ]
    contents = [to_msgpack(plain) for plain in plains]
    contents += [
        b"",
        b"\xc1",
        b"\x91" * 100_000,
        b"\xdd\xff\xff\xff\xff",
        to_msgpack(good)[:-1],
        to_msgpack(good) + b"x",
    ]
    texts = [base64.b64encode(content).decode() for content in contents]
    return [*texts, "???", "AAA", "é"]


def test_state_that_is_none_is_refused(live: Any, spec: dict[str, Any], reference: Any) -> None:
    for state in wrong_states(reference):
        live.say("configure", spec=spec, state=state)
        problem = live.hear_problem("bad_state")
        assert problem["status"] == 422
    live.configure()


def test_state_of_another_network_gives_what_fits(live: Any, spec: dict[str, Any], reference: Any) -> None:
    other = TrainingSpec(
        write_program(classes=3, hidden=(8, 4)), reference.spec.data, reference.spec.optimizer, 16, 5
    )
    state = base64.b64encode(to_msgpack(start(other).to_plain())).decode()
    _, frame = live.configure(state=state)
    assert set(reference.parameters(live.state(frame))) == {"W1", "b1", "W2", "b2"}

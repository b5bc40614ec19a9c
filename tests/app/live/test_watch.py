"""Watching: frames carry the parts asked for, from the very next one on."""

from typing import Any

import numpy as np
import pytest

from app.schemas.live import FrameMessage, Ready
from engine.learning import frame, run_slice, write_program
from engine.learning.views import HiddenView, Parts

DEFAULT = {"units": None, "values": None, "warp": None, "chosen": None, "place": None}


def optional(message: dict[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in DEFAULT}


def test_ready_tells_of_the_network_and_frames_of_its_statistics(live: Any, reference: Any) -> None:
    ready, first = live.configure()
    assert ready["features"] == ["x", "y"]
    assert ready["layers"] == [{"name": "h1", "units": 8, "activation": "relu"}]
    assert ready["shapes"] == [
        {"name": name, "shape": shape}
        for name, shape in (("W1", [2, 8]), ("b1", [8]), ("W2", [8, 3]), ("b2", [3]))
    ]
    Ready.model_validate(ready)
    FrameMessage.model_validate(first)
    plain = frame(reference.spec, reference.known[0]).to_plain()
    for name in ("confusion", "parameters", "layers"):
        assert first[name] == plain[name]
    assert optional(first) == DEFAULT
    live.say("step", unit="update")
    later = live.hear_frame()
    _, shown = run_slice(reference.spec, reference.known[0], 1)
    assert later["parameters"] == shown.to_plain()["parameters"]
    assert all(one["update_ratio"] > 0 for one in later["parameters"] if one["name"].startswith("W"))


def test_what_is_watched_comes_at_once_and_with_every_later_frame(live: Any, reference: Any) -> None:
    live.configure()
    watch = {"units": True, "values": True, "hidden": {"layer": "h1", "units": [2, 5]}}
    live.say("watch", **watch, chosen=True, place=[0.5, -0.25])
    seen = live.hear_frame()
    assert (seen["step"], seen["playing"]) == (0, False)
    parts = Parts(True, True, HiddenView("h1", (2, 5)), True, (0.5, -0.25))
    plain = frame(reference.spec, reference.known[0], parts).to_plain()
    assert optional(seen) == optional(plain)
    FrameMessage.model_validate(seen)
    live.say("step", unit="update")
    later = live.hear_frame()
    _, shown = run_slice(reference.spec, reference.known[0], 1, parts)
    assert optional(later) == optional(shown.to_plain())
    live.say("rewind", step=0)
    assert optional(live.hear_frame()) == optional(plain)
    live.say("watch", hidden={"layer": "scores"})
    assert live.hear_frame()["warp"]["kind"] == "principal"
    live.say("watch")
    assert optional(live.hear_frame()) == DEFAULT


def test_watching_changes_nothing_of_the_training(live: Any, reference: Any) -> None:
    live.configure()
    live.say("play")
    live.hear_frame()
    live.say("watch", units=True)
    watched = live.hear_frame(lambda frame: frame["units"] is not None)
    assert watched["fingerprint"] == reference.fingerprint(watched["step"])
    later = live.hear_frame(lambda frame: frame["step"] > watched["step"])
    assert later["playing"]
    assert later["units"] is not None
    assert later["fingerprint"] == reference.fingerprint(later["step"])


@pytest.mark.parametrize(
    ("hidden", "code"),
    [
        ({"layer": "h2"}, "unknown_layer"),
        ({"layer": "W1"}, "unknown_layer"),
        ({"layer": "h1", "units": [0, 8]}, "unknown_unit"),
        ({"layer": "h1", "units": [0]}, "invalid_request"),
        ({"layer": "h1", "units": [0, -1]}, "invalid_request"),
        ({}, "invalid_request"),
    ],
)
def test_a_layer_or_a_unit_that_is_not_there_is_refused(live: Any, hidden: dict[str, Any], code: str) -> None:
    live.configure()
    live.say("watch", units=True, hidden=hidden)
    live.hear_problem(code)
    # and what was watched before still is
    live.say("step", unit="update")
    assert optional(live.hear_frame()) == DEFAULT


def test_a_layer_that_is_no_more_is_left_out(live: Any, spec: dict[str, Any]) -> None:
    live.configure()
    live.say("watch", hidden={"layer": "h1"})
    assert live.hear_frame()["warp"]["layer"] == "h1"
    _, first = live.configure(spec | {"program": write_program(2, (), 3)})
    assert first["warp"] is None
    _, again = live.configure(spec)
    assert len(np.frombuffer(again["warp"]["train"], "<f4")) == 2 * 90


def test_why_a_training_cannot_go_on_is_still_told(live: Any, spec: dict[str, Any]) -> None:
    live.configure(spec | {"optimizer": {"name": "sgd", "learning_rate": 1e30}})
    live.say("play")
    ended = live.hear_frame(lambda frame: frame["finished"] is not None)
    live.say("watch", values=True)
    seen = live.hear_frame()
    assert seen["values"] is not None
    assert seen["finished"] == ended["finished"]
    assert seen["step"] == ended["step"]

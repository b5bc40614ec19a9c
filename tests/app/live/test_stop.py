"""A condition to stop pauses a training that meets it; another one lets it go on."""

import base64
from typing import Any

STOP = {"metric": "train_accuracy", "when": "at_least", "value": 0.6}


def test_a_training_that_meets_its_condition_pauses_and_says_why(live: Any, spec: dict[str, Any]) -> None:
    live.configure(spec | {"stop": STOP})
    live.say("play")
    frame = live.hear_end("stopped")
    assert frame["finished"] is None
    assert frame["accuracy"]["train"] >= 0.6
    assert frame["stopped"]["value"] == frame["accuracy"]["train"]
    assert "at least 0.6 as asked" in frame["stopped"]["reason"]
    _, after = live.configure(spec | {"stop": None})
    assert (after["step"], after["stopped"]) == (frame["step"], None)
    live.say("play")
    live.hear_frame(lambda later: later["step"] > frame["step"])


def test_a_state_handed_in_goes_on_with_all_it_has_watched(
    server: Any, live: Any, join: Any, spec: dict[str, Any]
) -> None:
    watching = spec | {"stop": {"metric": "validation_accuracy", "when": "no_improvement", "patience": 2}}
    live.configure(watching)
    live.say("play")
    stopped = live.hear_end("stopped")
    state = base64.b64encode(live.state(stopped)).decode()
    with join(server) as other:
        _, frame = other.configure(watching, state=state)
        assert (frame["fingerprint"], frame["stopped"]) == (stopped["fingerprint"], stopped["stopped"])
        # a change of the settings begins to watch anew
        _, frame = other.configure(watching | {"batch_size": 12})
        assert (frame["step"], frame["stopped"]) == (stopped["step"], None)


def test_a_program_that_is_not_finite_at_the_start_says_so_at_once(live: Any, spec: dict[str, Any]) -> None:
    _, frame = live.configure(spec | {"program": "W = zeros(2, 3)\nloss = sum(log(X @ W))"})
    assert (frame["step"], frame["finished"]["code"]) == (0, "not_finite")
    assert frame["finished"]["parameters"]["cause"] == "program"
    _, frame = live.configure(spec)
    assert frame["finished"] is None


def test_rate_schedule_clipping_and_decay_change_without_a_reset(live: Any, spec: dict[str, Any]) -> None:
    live.configure()
    live.say("step", unit="epoch")
    before = live.hear_frame()
    changed = spec | {
        "optimizer": {"name": "adam", "learning_rate": 0.5, "weight_decay": 0.01},
        "schedule": {"name": "inverse", "epochs": 1},
        "clip": {"by": "value", "limit": 0.1},
    }
    _, after = live.configure(changed)
    assert after["fingerprint"] == before["fingerprint"]
    assert after["learning_rate"] == 0.25


def test_an_impossible_schedule_is_a_problem(live: Any, spec: dict[str, Any]) -> None:
    live.say("configure", spec=spec | {"schedule": {"name": "cyclic"}})
    problem = live.hear_problem("unknown_name")
    assert "constant, step, exponential, cosine, inverse" in problem["hint"]

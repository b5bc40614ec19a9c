"""A condition to stop pauses a training that meets it; another one lets it go on."""

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

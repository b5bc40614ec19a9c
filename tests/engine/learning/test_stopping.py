"""Stopping by a condition: in words and numbers, and at the same step however slices are cut."""

import pickle
from dataclasses import replace
from math import inf, nan

import pytest

from engine.errors import InputError
from engine.learning.layers import write_program
from engine.learning.slices import carry_over, run_slice, start
from engine.learning.spec import DataSpec, OptimizerSpec, StopSpec, TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.stopping import Watch, stopped, watched

# 45 training points in minibatches of 8: six updates are an epoch
SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 60, 0.2), OptimizerSpec(), 8, seed=3)

CONDITIONS = {
    "accuracy reached": StopSpec("train_accuracy", "at_least", 0.7),
    "loss reached": StopSpec("validation_loss", "at_most", 0.9),
    "no improvement": StopSpec("validation_accuracy", "no_improvement", patience=2),
}


@pytest.mark.parametrize("stop", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_a_run_stops_at_the_same_step_however_it_is_cut(stop: StopSpec) -> None:
    spec = replace(SPEC, stop=stop)
    whole, frame = run_slice(spec, start(spec), 3000)
    assert frame.stopped is not None
    assert frame.finished is None
    assert 0 < whole.step < 3000
    assert whole.position == 0
    assert frame.stopped.epoch == whole.epoch
    for cut in (1, 5, 6, 7):
        state, last = start(spec), None
        while last is None or last.stopped is None:
            state, last = run_slice(spec, TrainingState.from_plain(state.to_plain()), cut)
        assert state.to_plain() == whole.to_plain()
        assert last.to_plain() == frame.to_plain()


@pytest.mark.parametrize("stop", CONDITIONS.values(), ids=CONDITIONS.keys())
def test_watching_changes_nothing_else(stop: StopSpec) -> None:
    spec = replace(SPEC, stop=stop)
    watched_run, _ = run_slice(spec, start(spec), 3000)
    plain_run, _ = run_slice(SPEC, start(SPEC), watched_run.step)
    assert replace(watched_run, watch=None).to_plain() == plain_run.to_plain()


def test_the_reason_is_told_in_words_and_numbers() -> None:
    spec = replace(SPEC, stop=CONDITIONS["accuracy reached"])
    state, frame = run_slice(spec, start(spec), 3000)
    assert frame.stopped is not None
    assert frame.stopped.value == frame.accuracy.train
    shown = f"{frame.accuracy.train:.4g}"
    assert frame.stopped.reason == (
        f"stopped after epoch {state.epoch:,}: the accuracy over the points trained on is {shown}, "
        "at least 0.7 as asked"
    )
    assert frame.to_plain()["stopped"] == {
        "reason": frame.stopped.reason,
        "metric": "train_accuracy",
        "when": "at_least",
        "value": frame.stopped.value,
        "epoch": state.epoch,
    }


def test_asked_again_a_stopped_run_stays() -> None:
    spec = replace(SPEC, stop=CONDITIONS["loss reached"])
    state, frame = run_slice(spec, start(spec), 3000)
    again, second = run_slice(spec, state, 100)
    assert again.to_plain() == state.to_plain()
    # no update was made that it could tell the size of
    assert {one.update_ratio for one in second.parameters} == {None}
    assert second.to_plain() == replace(frame, parameters=second.parameters).to_plain()


def test_under_a_changed_condition_a_stopped_run_goes_on() -> None:
    spec = replace(SPEC, stop=CONDITIONS["loss reached"])
    state, _ = run_slice(spec, start(spec), 3000)
    for stop in (None, StopSpec("validation_loss", "at_most", -1.0)):
        changed = replace(spec, stop=stop)
        later, frame = run_slice(changed, carry_over(changed, state), 60)
        assert later.step == state.step + 60
        assert frame.stopped is None


def test_the_metric_is_what_the_frame_shows() -> None:
    for metric in ("train_loss", "validation_loss", "train_accuracy", "validation_accuracy"):
        spec = replace(SPEC, stop=StopSpec(metric, "at_least", 0.0))
        state, frame = run_slice(spec, start(spec), 100)
        assert state.step == 6
        assert frame.stopped is not None
        part, _, what = metric.partition("_")
        shown = getattr(frame.accuracy if what == "accuracy" else frame.losses, part)
        assert frame.stopped.value == (shown if what == "accuracy" else shown.total)


def test_a_run_that_breaks_first_keeps_its_watch_wherever_it_is_cut() -> None:
    spec = replace(
        SPEC,
        program=write_program(2, (8,), 3, regularization=0.1),
        optimizer=OptimizerSpec("sgd", 30.0),
        stop=StopSpec("validation_loss", "no_improvement", patience=500),
    )
    whole, frame = run_slice(spec, start(spec), 2000)
    assert frame.finished is not None
    assert frame.stopped is None
    assert whole.watch is not None
    state, last = start(spec), None
    while last is None or last.finished is None:
        state, last = run_slice(spec, state, 5)
    assert state.to_plain() == whole.to_plain()


def test_a_loss_improves_by_falling_and_an_accuracy_by_rising() -> None:
    loss, accuracy = StopSpec("train_loss"), StopSpec("train_accuracy")
    first = watched(loss, None, 2.0)
    assert first == Watch("train_loss", 2.0, 2.0, 0)
    assert watched(loss, first, 1.5) == Watch("train_loss", 1.5, 1.5, 0)
    assert watched(loss, first, 2.0) == Watch("train_loss", 2.0, 2.0, 1)
    before = watched(accuracy, None, 0.5)
    assert watched(accuracy, before, 0.75) == Watch("train_accuracy", 0.75, 0.75, 0)
    assert watched(accuracy, before, 0.25) == Watch("train_accuracy", 0.25, 0.5, 1)


def test_what_was_seen_of_another_metric_is_not_taken_for_this_one() -> None:
    seen = watched(StopSpec("train_accuracy"), None, 0.75)
    loss = StopSpec("train_loss", "at_most", 0.8)
    assert stopped(loss, seen, 1) is None
    assert watched(loss, seen, 2.0) == Watch("train_loss", 2.0, 2.0, 0)
    # a state handed on as it is: the accuracy it has reached is no loss
    spec = replace(SPEC, stop=CONDITIONS["accuracy reached"])
    state, _ = run_slice(spec, start(spec), 3000)
    assert state.watch is not None
    assert state.watch.value < 1
    other = replace(spec, stop=StopSpec("validation_loss", "at_most", 1e-6))
    _, frame = run_slice(replace(other, stop=StopSpec("train_loss", "at_most", 1.0)), state, 0)
    assert frame.stopped is None
    assert run_slice(other, state, 12)[0].step == state.step + 12


def test_what_is_not_a_number_is_no_improvement_and_meets_nothing() -> None:
    stop = StopSpec("train_loss")
    first = watched(stop, None, nan)
    assert (first.best, first.stale) == (inf, 1)
    for when in ("at_most", "at_least"):
        assert stopped(StopSpec("train_loss", when, 0.5), first, 1) is None
    assert watched(stop, first, 3.0).stale == 0


def test_an_accuracy_that_is_not_measured_cannot_be_waited_for() -> None:
    spec = replace(SPEC, program="W = he(2, 3)\nloss = cross_entropy(X @ W, y)")
    with pytest.raises(InputError, match="watches an accuracy"):
        start(replace(spec, stop=StopSpec("train_accuracy", "at_least", 0.9)))
    start(replace(spec, stop=StopSpec("train_loss", "at_most", 0.9)))


def test_a_spec_with_everything_in_it_is_a_value() -> None:
    spec = replace(SPEC, stop=StopSpec())
    assert hash(spec) == hash(pickle.loads(pickle.dumps(spec)))  # noqa: S301
    assert spec != SPEC


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": "test_loss"},
        {"when": "never"},
        {"value": nan},
        {"value": 1e12},
        {"patience": 0},
        {"patience": 2.5},
    ],
)
def test_impossible_settings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        StopSpec(**changes)

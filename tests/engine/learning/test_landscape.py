"""Landscapes: real losses at every point, paths where the optimizers were, cut where they leave."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import trace
from engine.errors import EngineError, LimitError
from engine.learning.datasets import DataSpec
from engine.learning.features import featured
from engine.learning.landscape import Landscape, landscape
from engine.learning.layers import write_program
from engine.learning.network import network
from engine.learning.optimizers import OptimizerSpec
from engine.learning.paths import Runner
from engine.learning.slices import run_slice, start
from engine.learning.spec import ScheduleSpec, StopSpec, TrainingSpec
from engine.learning.valleys import VALLEYS
from engine.learning.vectors import joined, views

NET = TrainingSpec(
    write_program(2, (8,), 3, regularization=0.01), DataSpec(samples=120), batch_size=16, seed=2
)
RAVINE = VALLEYS["ravine"].spec
RUNNERS = (Runner("slow", OptimizerSpec("sgd", 0.1)), Runner("adam", OptimizerSpec("adam", 0.02)))


def traced_loss(spec: TrainingSpec, position: np.ndarray) -> float:
    """The loss at a position by the trace, in float64."""
    data = featured(spec.data, spec.features)
    parameters = views(position, network(spec).parameters)
    return float(trace(spec.program, {**parameters, "X": data.X_train, "y": data.y_train}).value)


def surveyed(spec: TrainingSpec = NET, **fields: Any) -> Landscape:
    asked: dict[str, Any] = {"runners": RUNNERS, "updates": 30, "every": 5, "size": 7}
    return landscape(spec, **(asked | fields))


def test_the_loss_is_the_real_one_at_every_point_of_the_plane() -> None:
    found = surveyed()
    assert (found.kind, found.directions, found.origin) == ("projected", "paths", "start")
    theta = joined(start(NET).parameters, network(NET).parameters, np.float64)
    assert found.start == pytest.approx((0, 0))
    assert found.start_loss == pytest.approx(traced_loss(NET, theta), rel=1e-5)
    np.testing.assert_allclose(found.plane.origin, theta)
    for j, i in ((0, 0), (3, 4), (6, 2)):
        assert found.loss[j, i] == pytest.approx(
            traced_loss(NET, found.plane.at(found.a[i], found.b[j])), rel=1e-4
        )
    specs = [replace(NET, optimizer=runner.optimizer) for runner in RUNNERS]
    states = [run_slice(spec, start(spec), 30)[0] for spec in specs]
    ends = [joined(state.parameters, network(NET).parameters, np.float64) for state in states]
    for track, end in zip(found.tracks, ends, strict=True):
        assert track.updates == (0, 5, 10, 15, 20, 25, 30)
        np.testing.assert_allclose(track.points[-1], found.plane.project(end[None])[0], atol=1e-9)
        assert track.losses[-1] == pytest.approx(traced_loss(NET, end), rel=1e-4)
        assert 0.5 < track.shown_share <= 1
    assert sum(found.axes[0].shares.values()) == pytest.approx(1)
    assert list(found.axes[0].shares) == ["W1", "b1", "W2", "b2"]


def test_two_trained_numbers_are_the_whole_landscape() -> None:
    found = surveyed(RAVINE, size=5)
    assert (found.kind, found.directions, found.origin) == ("exact", "axes", "zero")
    assert found.start == (1, 1)
    for j, i in ((0, 0), (1, 3), (4, 2)):
        wanted = traced_loss(RAVINE, np.array([found.a[i], found.b[j]]))
        assert found.loss[j, i] == pytest.approx(wanted, rel=1e-4)
    spec = replace(RAVINE, optimizer=RUNNERS[1].optimizer)
    state, _ = run_slice(spec, start(spec), 30)
    assert found.tracks[1].points[-1] == pytest.approx(state.parameters["w"])


def test_elements_are_named_as_the_language_indexes_them() -> None:
    program = "W = he(2, 1)\nscores = (X @ W)[:, 0]\nloss = bce_with_logits(scores, y)"
    found = surveyed(TrainingSpec(program, DataSpec("xor", 2, 100, 0.1), batch_size=10))
    assert [axis.name for axis in found.axes] == ["W[0, 0]", "W[1, 0]"]


def test_paths_begin_at_a_state_handed_in_with_everything_else_as_at_first() -> None:
    later, _ = run_slice(NET, start(NET), 25)
    found = surveyed(state=later)
    theta = joined(later.parameters, network(NET).parameters, np.float64)
    assert found.start_loss == pytest.approx(traced_loss(NET, theta), rel=1e-5)
    for track in found.tracks:
        assert track.points[0] == pytest.approx((0, 0), abs=1e-9)
        assert track.losses[0] == found.start_loss


def test_a_schedule_of_its_own_changes_a_path() -> None:
    adam = OptimizerSpec("adam", 0.02)
    runners = [Runner("a", adam), Runner("b", adam), Runner("c", adam, ScheduleSpec("step", 1, gamma=0))]
    a, b, c = surveyed(runners=runners).tracks
    assert np.array_equal(a.losses, b.losses)
    assert not np.array_equal(a.losses, c.losses)


def test_a_condition_to_stop_is_left_out() -> None:
    stop = StopSpec("train_loss", "at_most", 1e9)
    assert surveyed(replace(NET, stop=stop)).tracks[0].updates[-1] == 30


def test_a_path_that_runs_away_is_cut_where_it_leaves_and_the_others_keep_their_map() -> None:
    wild = Runner("wild", OptimizerSpec("sgd", 3))
    alone = surveyed(RAVINE, runners=RUNNERS, every=1)
    found = surveyed(RAVINE, runners=(*RUNNERS, wild), every=1)
    track = found.tracks[2]
    assert track.stopped_at is not None
    assert track.problem is not None
    assert track.problem.code == "left_landscape"
    assert "learning rate 3 " in (track.problem.hint or "")
    assert len(track.points) == track.stopped_at
    assert track.exit is not None
    low, high = (found.a[0], found.b[0]), (found.a[-1], found.b[-1])
    assert any(
        at == pytest.approx(edge) for at, *edges in zip(track.exit, low, high, strict=True) for edge in edges
    )
    assert all(
        least - 1e-9 <= at <= most + 1e-9 for at, least, most in zip(track.exit, low, high, strict=True)
    )
    # the map is little larger for the runaway: not of the size it ran to
    assert np.ptp(found.a) < 4 * np.ptp(alone.a)
    assert [t.problem for t in found.tracks[:2]] == [None, None]


def test_a_run_that_blows_up_says_which_update_was_refused() -> None:
    wild = Runner("wild", OptimizerSpec("sgd", 1e6))
    found = surveyed(RAVINE, runners=(RUNNERS[1], wild), every=1)
    problem = found.tracks[1].problem
    assert problem is not None
    assert problem.code == "not_finite"
    assert found.tracks[1].stopped_at == 1
    assert np.isfinite(found.loss).all()


def test_where_all_run_away_there_is_still_a_map() -> None:
    found = surveyed(RAVINE, runners=(Runner("wild", OptimizerSpec("sgd", 1e6)),), every=1)
    assert np.ptp(found.a) > 0
    assert np.isfinite(found.loss).all()


def test_losses_that_are_not_finite_are_answered_as_they_are() -> None:
    program = "w = ones(2)\nscores = X @ w\nloss = log(w[0] - 0.5) + mse(scores, y)"
    spec = replace(RAVINE, program=program)
    found = landscape(spec, runners=(), size=11)
    assert found.a[0] < 0.5
    assert np.isnan(found.loss[:, 0]).all()
    assert np.isfinite(found.loss[:, -1]).all()


def test_random_directions_reach_one_to_either_side() -> None:
    for found in (surveyed(directions="random"), surveyed(runners=())):
        assert found.directions == "random"
        assert found.a[0] == -found.a[-1] <= -1
        assert found.loss[3, 3] == pytest.approx(found.start_loss)
    assert surveyed(runners=()).tracks == ()
    other = surveyed(runners=(), seed=1)
    assert not np.array_equal(other.loss, surveyed(runners=()).loss)
    assert np.array_equal(other.loss, surveyed(runners=(), seed=1).loss)


def test_the_same_question_has_the_same_answer() -> None:
    assert np.array_equal(surveyed().loss, surveyed().loss)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"updates": 0}, "out_of_range"),
        ({"every": 31}, "out_of_range"),
        ({"size": 102}, "out_of_range"),
        ({"directions": "axes"}, "unknown_name"),
        ({"runners": RUNNERS * 5}, "out_of_range"),
        ({"updates": 5_000, "every": 1}, "limit"),
    ],
)
def test_what_cannot_be_drawn_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(EngineError) as caught:
        surveyed(**fields)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("spec", "fields", "limit"),
    [
        (
            replace(NET, program=write_program(2, (256, 256), 3)),
            {"updates": 400, "every": 2},
            "landscape_numbers",
        ),
        (replace(NET, program=write_program(2, (256, 256), 3)), {"size": 101}, "landscape_operations"),
        (NET, {"updates": 20_000, "every": 20}, "landscape_positions"),
    ],
)
def test_limits_come_before_work(spec: TrainingSpec, fields: dict[str, Any], limit: str) -> None:
    with pytest.raises(LimitError) as caught:
        surveyed(spec, **fields)
    assert caught.value.limit == limit


def test_two_trained_numbers_may_start_anywhere() -> None:
    found = landscape(RAVINE, runners=RUNNERS, updates=10, size=5, place=(-2.0, 0.5))
    assert found.start == pytest.approx((-2.0, 0.5))
    for track in found.tracks:
        assert track.points[0] == pytest.approx((-2.0, 0.5))
    assert found.start_loss == pytest.approx(traced_loss(RAVINE, np.array([-2.0, 0.5])), rel=1e-4)


@pytest.mark.parametrize(
    ("spec", "place", "code"),
    [(NET, (0.0, 0.0), "not_two_numbers"), (RAVINE, (2e6, 0.0), "out_of_range")],
)
def test_a_start_that_cannot_be(spec: TrainingSpec, place: tuple[float, float], code: str) -> None:
    with pytest.raises(EngineError) as caught:
        landscape(spec, runners=RUNNERS, updates=10, size=5, place=place)
    assert caught.value.code == code

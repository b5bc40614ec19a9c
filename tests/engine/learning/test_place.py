"""What a network answers at a place, and for each point: the same as over the plane and in the confusion."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import EngineError
from engine.learning import Frame, Parts, TrainingSpec, frame, run_slice, sample, start, write_program
from engine.learning.boundary import GRID
from engine.learning.datasets import DataSpec
from engine.learning.plane import EXTENT

SPEC = TrainingSpec(write_program(2, (16,), 3), DataSpec(samples=120))


def trained(spec: TrainingSpec, parts: Parts) -> Frame:
    return run_slice(spec, start(spec), 40, parts)[1]


def test_a_place_has_the_scores_that_the_boundary_is_drawn_by() -> None:
    step = (EXTENT[1] - EXTENT[0]) / GRID
    for column, row in ((0, 0), (40, 12), (63, 63)):
        at = (EXTENT[0] + (column + 0.5) * step, EXTENT[0] + (row + 0.5) * step)
        found = trained(SPEC, Parts(place=at))
        assert found.place is not None
        assert found.boundary is not None
        assert (found.place.x, found.place.y) == at
        scores = np.array(found.place.scores)
        np.testing.assert_allclose(found.place.shares, np.exp(scores) / np.exp(scores).sum(), rtol=1e-6)
        assert found.place.chosen == scores.argmax() == found.boundary.classes[row, column]
        assert abs(255 * max(found.place.shares) - found.boundary.confidence[row, column]) < 0.51


def test_a_place_is_seen_by_its_features() -> None:
    spec = replace(SPEC, program="W = normal(2, 3)\nscores = X @ W\nloss = cross_entropy(scores, y)")
    polar = replace(spec, features=("r", "theta"))
    found = trained(polar, Parts(place=(0.0, 2.0))).place
    state, _ = run_slice(polar, start(polar), 40)
    np.testing.assert_allclose(found.scores, [2, np.pi / 2] @ state.parameters["W"], rtol=1e-5)


def test_a_single_column_is_the_score_of_class_1() -> None:
    spec = TrainingSpec(write_program(2, (4,), 2, loss="logistic"), DataSpec(classes=2, samples=60))
    found = trained(spec, Parts(place=(0.5, 0.5))).place
    (score,) = found.scores
    np.testing.assert_allclose(found.shares, [1 / (1 + np.exp(score)), 1 / (1 + np.exp(-score))], rtol=1e-6)
    assert found.chosen == int(score > 0)


def test_the_classes_chosen_are_those_that_the_confusion_counts() -> None:
    found = trained(SPEC, Parts(chosen=True))
    data = sample(SPEC.data)
    for part, y in (("train", data.y_train), ("validation", data.y_validation)):
        chosen = getattr(found.chosen, part)
        assert chosen.dtype == np.uint8
        counted = np.zeros((3, 3), int)
        np.add.at(counted, (y, chosen), 1)
        np.testing.assert_array_equal(counted, getattr(found.confusion, part))
        assert np.mean(chosen == y) == getattr(found.accuracy, part)


def test_values_have_a_score_and_no_class() -> None:
    data = DataSpec.default("sine")
    spec = TrainingSpec(write_program(2, (8,), 1, loss="squared"), data)
    found = frame(spec, start(spec), Parts(chosen=True, place=(0.1, 0.2)))
    assert found.chosen is None
    assert len(found.place.scores) == 1
    assert (found.place.shares, found.place.chosen) == (None, None)


def test_there_is_no_place_out_of_the_plane_or_without_scores() -> None:
    digits = TrainingSpec(write_program(64, (), 10), DataSpec.default("digits"))
    assert frame(digits, start(digits), Parts(place=(0.0, 0.0))).place is None
    bare = TrainingSpec("W = he(2, 3)\nloss = cross_entropy(X @ W, y)", SPEC.data)
    found = frame(bare, start(bare), Parts(chosen=True, place=(0.0, 0.0)))
    assert (found.place, found.chosen) == (None, None)


def test_a_place_too_far_away_is_refused() -> None:
    with pytest.raises(EngineError, match="place is 10000000"):
        Parts(place=(0.0, 1e7))

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning.datasets import DataSpec, sample
from engine.learning.neighbours import nearest_classes


def by_sorting(X, y, places, k, classes):
    """The same, one place at a time, with all distances sorted."""
    chosen, share = [], []
    for place in places:
        near = np.argsort(np.square(X - place).sum(axis=1), kind="stable")[:k]
        votes = np.bincount(y[near], minlength=classes)
        chosen.append(int(np.argmax(votes)))
        share.append(votes.max() / k)
    return chosen, share


@pytest.mark.parametrize("k", [1, 2, 5, 30])
def test_equals_sorting_every_distance(k):
    data = sample(DataSpec(samples=120))
    places = np.random.default_rng(0).uniform(-1, 1, (200, 2))
    chosen, share = nearest_classes(data.X_train, data.y_train, places, k, 3)
    wanted, wanted_share = by_sorting(data.X_train.astype(float), data.y_train, places, k, 3)
    assert chosen.tolist() == wanted
    assert share.tolist() == pytest.approx(wanted_share)


def test_one_neighbour_remembers_every_point_and_many_smooth():
    data = sample(DataSpec(noise=0.6))
    remembered, share = nearest_classes(data.X_train, data.y_train, data.X_train, 1, 3)
    assert remembered.tolist() == data.y_train.tolist()
    assert share.tolist() == [1.0] * len(share)
    smoothed, _ = nearest_classes(data.X_train, data.y_train, data.X_train, 25, 3)
    assert (smoothed != data.y_train).any()


def test_a_tied_vote_goes_to_the_lower_label():
    X = np.array([[0.0], [1.0], [3.0], [4.0]])
    y = np.array([1, 0, 1, 0])
    chosen, share = nearest_classes(X, y, np.array([[0.4]]), 2, 2)
    assert (chosen.tolist(), share.tolist()) == ([0], [0.5])


def test_many_places_are_answered_in_parts():
    data = sample(DataSpec(samples=20_000))
    places = np.random.default_rng(1).uniform(-1, 1, (300, 2))
    chosen, _ = nearest_classes(data.X_train, data.y_train, places, 3, 3)
    alone, _ = nearest_classes(data.X_train, data.y_train, places[-1:], 3, 3)
    assert chosen[-1] == alone[0]


@pytest.mark.parametrize("k", [0, -1, 5, True, 2.0])
def test_an_impossible_k_is_refused(k):
    with pytest.raises(InputError) as caught:
        nearest_classes(np.zeros((4, 2)), np.zeros(4, dtype=int), np.zeros((1, 2)), k, 2)
    assert "k is" in caught.value.detail

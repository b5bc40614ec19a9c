"""Epochs: every point once, in an order of its own each time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.learning.minibatches import Minibatches
from engine.learning.state import GeneratorState


def numbered(count: int, size: int, epoch: int = 0, position: int = 0, seed: int = 0) -> Minibatches:
    """Minibatches of points that carry their own index as label."""
    y = np.arange(count)
    return Minibatches(np.stack((y, -y), axis=1), y, size, GeneratorState.seeded(seed), epoch, position)


@given(st.integers(1, 50), st.integers(1, 60), st.integers(0, 9))
@settings(max_examples=60)
def test_an_epoch_is_every_point_once_and_the_last_minibatch_holds_what_is_left(
    count: int, size: int, seed: int
) -> None:
    batches = numbered(count, size, seed=seed)
    sizes, seen = [], []
    while batches.epoch == 0:
        sizes.append(len(batches.y))
        seen += batches.y.tolist()
        assert np.array_equal(batches.X, np.stack((batches.y, -batches.y), axis=1))
        batches.advance()
    assert sorted(seen) == list(range(count))
    assert sizes[:-1] == [size] * (len(sizes) - 1)
    assert sizes[-1] == count - size * (len(sizes) - 1)
    assert batches.position == 0


def test_every_epoch_has_an_order_of_its_own() -> None:
    batches = numbered(100, 100)
    orders = []
    for _ in range(3):
        orders.append(batches.y.tolist())
        batches.advance()
    assert orders[0] != orders[1] != orders[2] != orders[0]


@pytest.mark.parametrize("updates", range(12))
def test_another_pair_of_hands_goes_on_where_the_first_stopped(updates: int) -> None:
    first = numbered(10, 4)
    for _ in range(updates):
        first.advance()
    y = np.arange(10)
    second = Minibatches(np.stack((y, -y), axis=1), y, 4, first.began, first.epoch, first.position)
    for _ in range(8):
        assert np.array_equal(first.y, second.y)
        assert (first.epoch, first.position) == (second.epoch, second.position)
        first.advance()
        second.advance()

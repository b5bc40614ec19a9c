"""What waits to be done, in which order, and what takes the place of what."""

import pytest

from app.live.wishes import MOST_CHANGES, MOST_STEPS, Wishes
from app.problems import ProblemError
from app.schemas.live import Configure, Edit, Rewind, Step
from app.schemas.trainings import TrainingRequest


def configure(program: str, **fields: object) -> Configure:
    return Configure.model_validate({"type": "configure", "spec": TrainingRequest(program=program)} | fields)


def rewind(step: int) -> Rewind:
    return Rewind(type="rewind", step=step)


def edit(index: int, value: float = 0.0) -> Edit:
    return Edit(type="edit", parameter="b1", index=[index], value=value)


def step(count: int = 1) -> Step:
    return Step(type="step", unit="update", count=count)


def taken(wishes: Wishes) -> list[object]:
    found: list[object] = []
    while (change := wishes.take()) is not None:
        found.append(change)
    return found


def test_changes_are_made_in_their_order_the_newest_of_a_row_alone() -> None:
    wishes = Wishes()
    changes = [edit(0), edit(0, 1), edit(1), rewind(5), rewind(6), configure("a"), configure("b"), rewind(7)]
    for change in changes:
        wishes.change(change)
    assert taken(wishes) == [edit(0, 1), edit(1), rewind(6), configure("b"), rewind(7)]
    assert not wishes


def test_a_start_asked_for_outlives_the_next_configure() -> None:
    wishes = Wishes()
    wishes.change(configure("a", restart=True))
    wishes.change(configure("b"))
    assert taken(wishes) == [configure("b", restart=True)]
    wishes.change(configure("a", state="AAAA"))
    wishes.change(configure("b"))
    assert taken(wishes) == [configure("b", state="AAAA")]


def test_a_new_start_makes_what_came_before_it_void() -> None:
    wishes = Wishes()
    for change in (edit(0), rewind(5), configure("a")):
        wishes.change(change)
    wishes.add_step(step())
    assert wishes.away
    wishes.change(configure("b", restart=True))
    assert wishes.away
    assert taken(wishes) == [configure("b", restart=True)]
    assert wishes.step is None


def test_a_rewind_calls_off_the_steps_before_it_and_not_those_after() -> None:
    wishes = Wishes()
    wishes.add_step(step(10))
    wishes.change(rewind(5))
    assert wishes.step is None
    wishes.add_step(step(3))
    wishes.take()
    assert wishes.step is not None
    assert wishes.step.left == 3
    assert not wishes.away


def test_a_step_is_made_bit_by_bit_and_may_be_called_off_meanwhile() -> None:
    wishes = Wishes()
    wishes.playing = True
    wishes.add_step(step(10))
    assert not wishes.playing
    wishes.add_step(step(1))
    first = wishes.step
    assert first is not None
    wishes.made(first, 4)
    assert wishes.step is first
    wishes.made(first, 6)
    last = wishes.step
    assert last is not None
    assert last.left == 1
    wishes.call_off_steps()
    wishes.add_step(step(2))
    wishes.made(last, 1)
    assert wishes.step is not None
    assert wishes.step.left == 2


def test_no_more_wait_than_may() -> None:
    wishes = Wishes()
    for number in range(MOST_CHANGES):
        wishes.change(edit(number))
    with pytest.raises(ProblemError, match="64 changes wait") as caught:
        wishes.change(edit(MOST_CHANGES))
    assert (caught.value.status_code, caught.value.code) == (429, "too_many_waiting")
    # what takes the place of another needs no room
    wishes.change(edit(MOST_CHANGES - 1, 2.0))
    wishes.change(configure("a", restart=True))
    for _ in range(MOST_STEPS):
        wishes.add_step(step())
    with pytest.raises(ProblemError, match="256 steps wait"):
        wishes.add_step(step())


def test_a_configure_under_way_counts_and_is_replaced_by_nothing() -> None:
    wishes = Wishes()
    wishes.change(configure("a"))
    assert wishes.take() == configure("a")
    assert wishes.configures
    wishes.change(configure("b"))
    assert wishes.take() == configure("b")
    assert wishes.take() is None
    wishes.done()
    assert not wishes.configures

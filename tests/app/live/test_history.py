"""From what a history keeps, every step of the run is reached again, bit for bit."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.live.history import SPEC_BYTES, Entry, History
from app.problems import ProblemError
from engine.learning import TrainingSpec

PROGRAM = "W = he(2, 3)\nscores = X @ W\nloss = cross_entropy(scores, y)"
SPEC = TrainingSpec(PROGRAM)
SPECS = [replace(SPEC, seed=seed) for seed in range(3)]
SPEC_SIZE = SPEC_BYTES + len(PROGRAM)


def start_of(spec: TrainingSpec) -> bytes:
    return sha256(str(spec.seed).encode()).digest()


def trained(spec: TrainingSpec, state: bytes, updates: int) -> bytes:
    for _ in range(updates):
        state = sha256(state + str(spec.seed).encode()).digest()
    return state


def replayed(history: History, step: int, now: TrainingSpec) -> bytes:
    entry = history.nearest(step, now)
    assert entry.step <= step
    state = start_of(entry.spec) if entry.state is None else entry.state
    return trained(entry.spec, state, step - entry.step)


@dataclass
class Run:
    """A training whose states are digests, and everything that is true of it."""

    history: History
    spec: TrainingSpec = SPEC
    state: bytes = b""
    step: int = 0
    passed: dict[int, tuple[bytes, TrainingSpec]] = field(default_factory=dict)

    def begin(self, spec: TrainingSpec, step: int = 0) -> None:
        self.spec, self.step = spec, step
        self.state = start_of(spec) + b"" if step == 0 else b"handed in"
        self.history.begin(spec, None if step == 0 else self.state, step)
        self.passed = {step: (self.state, spec)}

    def train(self, updates: int) -> None:
        self.passed = {step: known for step, known in self.passed.items() if step <= self.step}
        # after a rewind the run may go on from there under another spec than then
        self.passed[self.step] = (self.state, self.spec)
        for _ in range(updates):
            self.state = trained(self.spec, self.state, 1)
            self.step += 1
            self.passed[self.step] = (self.state, self.spec)
        self.history.train(self.state, self.step)

    def change(self, spec: TrainingSpec) -> None:
        self.passed = {step: known for step, known in self.passed.items() if step < self.step}
        self.spec, self.state = spec, sha256(self.state).digest()
        self.history.change(spec, self.state)
        self.passed[self.step] = (self.state, spec)

    def rewind(self, step: int) -> None:
        entry = self.history.nearest(step, self.spec)
        state = replayed(self.history, step, self.spec)
        carried = entry.spec != self.spec
        if step in self.passed:
            assert state == self.passed[step][0]
        self.step, self.state = step, sha256(state).digest() if carried else state
        departure = Entry(self.spec, self.state, step, changed=True) if carried else None
        self.history.visit(Entry(entry.spec, state, step), departure)


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("train"), st.integers(1, 40)),
        st.tuples(st.just("change"), st.integers(0, 2)),
        st.tuples(st.just("rewind"), st.floats(0, 1)),
        st.tuples(st.just("begin"), st.integers(0, 1)),
    ),
    max_size=40,
)


@given(ACTIONS, st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_every_step_since_the_earliest_is_reached_again(
    actions: list[tuple[str, float]], most: int, rooms: int
) -> None:
    room = rooms * (SPEC_SIZE + 40)
    run = Run(History(lambda: room, most))
    run.begin(SPEC)
    for kind, amount in actions:
        history = run.history
        match kind:
            case "train":
                run.train(int(amount))
            case "change":
                run.change(SPECS[int(amount)])
            case "rewind":
                run.rewind(round(history.earliest + amount * (history.newest - history.earliest)))
            case _:
                run.begin(SPEC, 500 * int(amount))
        kept = history.kept
        assert 1 <= len(kept) <= most
        assert len(kept) == 1 or sum(entry.size for entry in kept) <= room
        assert history.at == run.step
        for step in range(history.earliest, history.newest + 1):
            assert replayed(history, step, run.spec) == run.passed[step][0]


def test_kept_steps_stay_evenly_spread() -> None:
    run = Run(History(most=16))
    run.begin(SPEC)
    for _ in range(500):
        run.train(7)
    steps = [entry.step for entry in run.history.kept]
    gaps = [late - early for early, late in pairwise([*steps, run.step])]
    assert steps[0] == 0
    assert 8 <= len(steps) <= 16
    assert max(gaps) <= 2 * min(gaps[:-1])


def test_changes_stay_while_anything_else_can_go() -> None:
    run = Run(History(most=8))
    run.begin(SPEC)
    changes = [0]
    for number in range(6):
        for _ in range(50):
            run.train(3)
        run.change(SPECS[number % 3])
        changes.append(run.step)
    assert set(changes) <= {entry.step for entry in run.history.kept}
    assert run.history.earliest == 0
    for number in range(6):
        run.train(3)
        run.change(SPECS[number % 3])
    assert len(run.history.kept) == 8
    assert run.history.earliest > 0


def test_changes_at_one_step_are_one() -> None:
    run = Run(History(most=4))
    run.begin(SPEC)
    run.train(5)
    for number in range(100):
        run.change(SPECS[number % 3])
    assert [entry.step for entry in run.history.kept] == [0, 5]


def test_what_lies_ahead_can_be_seen_again_until_the_run_goes_on() -> None:
    run = Run(History())
    run.begin(SPEC)
    for _ in range(10):
        run.train(10)
    newest = run.state
    for step in (35, 7, 35, 100):
        run.rewind(step)
    assert run.state == newest
    run.rewind(35)
    run.train(1)
    assert run.history.newest == 36
    with pytest.raises(ProblemError, match=r"step 37 is not one .* those are 0 to 36"):
        run.history.nearest(37, SPEC)


def test_scrubbing_forward_replays_from_where_the_run_stands() -> None:
    run = Run(History(most=2))
    run.begin(SPEC)
    for _ in range(10):
        run.train(10)
    run.rewind(60)
    assert run.history.nearest(63, SPEC).step == 60
    assert run.history.nearest(59, SPEC).step < 60


def test_the_start_is_there_though_the_history_begins_later() -> None:
    run = Run(History())
    run.begin(SPEC, step=500)
    run.train(20)
    with pytest.raises(ProblemError, match=r"step 499 is not one .* those are 0 and 500 to 520") as caught:
        run.history.nearest(499, SPEC)
    assert caught.value.parameters == {"what": "step", "value": 499, "lowest": 500, "highest": 520}
    run.rewind(0)
    assert run.state == start_of(SPEC)
    # what was there is not lost by looking
    run.rewind(510)
    run.rewind(0)
    run.train(3)
    assert (run.history.earliest, run.history.newest) == (0, 3)


def test_room_that_shrinks_is_kept_to() -> None:
    room = 10_000
    history = History(lambda: room)
    run = Run(history)
    run.begin(SPEC)
    for _ in range(200):
        run.train(1)
    assert sum(entry.size for entry in history.kept) > 5000
    room = 2000
    history.fit()
    assert sum(entry.size for entry in history.kept) <= 2000
    assert history.earliest == 0

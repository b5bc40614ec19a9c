"""States travel as bytes; a worker remembers those it met lately."""

import pytest

from app import states
from app.encoding import to_msgpack
from app.states import Memory, read_state, write_state
from engine.learning import TrainingSpec, TrainingState, run_slice, start, write_program

SPEC = TrainingSpec(write_program(classes=3))


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    memory = Memory()
    monkeypatch.setattr(states, "_memory", memory)
    return memory


def test_what_was_written_is_known_already(memory: Memory) -> None:
    state, _ = run_slice(SPEC, start(SPEC), 5)
    content = write_state(state)
    assert read_state(bytes(bytearray(content))) is state


def test_what_was_read_is_known_from_then_on(memory: Memory) -> None:
    content = to_msgpack(start(SPEC).to_plain())
    state = read_state(content)
    assert state.to_plain() == start(SPEC).to_plain()
    assert read_state(content) is state


def test_a_memory_keeps_to_its_bounds_and_to_what_was_used_last() -> None:
    state = start(SPEC)
    memory = Memory(most=3, room=100)
    for number in range(3):
        memory.add(bytes([number]) * 10, state)
    assert memory.get(bytes(10)) is state
    memory.add(b"d" * 10, state)
    assert memory.get(b"\1" * 10) is None
    assert memory.get(bytes(10)) is state
    # one that takes nearly all the room drives the others out
    memory.add(b"e" * 95, state)
    assert memory.get(b"e" * 95) is state
    assert memory.get(bytes(10)) is None
    memory.add(b"f" * 101, state)
    assert memory.get(b"f" * 101) is None
    assert memory.get(b"e" * 95) is state


def test_bytes_that_are_no_state_are_not_remembered(memory: Memory) -> None:
    content = write_state(start(SPEC))
    for _ in range(2):
        with pytest.raises(Exception, match=r"cannot be read|is not MessagePack"):
            read_state(content[:-1])
    assert isinstance(read_state(content), TrainingState)

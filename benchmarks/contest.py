"""Fair timing: every contestant takes a turn in every round, and the median of the rounds counts."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 15
ROUND_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Entry:
    """A contestant: its name, and one unit of its work."""

    name: str
    work: Callable[[], object]


def contest(entries: list[Entry], rounds: int = ROUNDS, seconds: float = ROUND_SECONDS) -> dict[str, float]:
    """Median seconds for one unit of each contestant's work.

    A round lasts about `seconds` for each, so that the machine's moods fall on all alike. Garbage
    is collected before each turn and not during it, as `timeit` does.
    """
    repeats = {entry.name: _repeats(entry, seconds) for entry in entries}
    times: dict[str, list[float]] = {entry.name: [] for entry in entries}
    for _ in range(rounds):
        for entry in entries:
            times[entry.name].append(_time(entry, repeats[entry.name]))
    return {name: statistics.median(values) for name, values in times.items()}


def _repeats(entry: Entry, seconds: float) -> int:
    entry.work()
    once = min(_time(entry, 1) for _ in range(2))
    return max(1, round(seconds / once))


def _time(entry: Entry, repeats: int) -> float:
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    for _ in range(repeats):
        entry.work()
    elapsed = time.perf_counter() - start
    gc.enable()
    return elapsed / repeats

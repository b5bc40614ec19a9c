"""A listing on its way: so many of its lines have run, and here is every name they assigned.

Lines are counted as they run, the loop's own line each time around. From the same text the same step
always holds the same bits, however it is come to.
"""

from collections.abc import Mapping
from copy import deepcopy
from types import ModuleType
from typing import TYPE_CHECKING, Self, cast

import numpy as np

from engine.learning.listings.program import Program, Statement

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Run:
    """Where a program stands; `advance` runs its next line.

    `losses` holds the value of `loss` each time around, as far as it was computed.
    """

    def __init__(self, program: Program, times: int) -> None:
        self.program = program
        self.step = 0
        self.losses: list[float] = []
        self.before = len(program.before)
        self.times = 0 if program.loop is None else times
        self.steps = self.before + self.times * self._length
        # only what the listings call
        self._names: dict[str, object] = {"__builtins__": {"range": range, "__import__": __import__}}

    @property
    def _length(self) -> int:
        return 1 if self.program.loop is None else self.program.loop.length

    def line(self, step: int) -> int:
        """The line that made this step, 0 before the first."""
        if step == 0:
            return 0
        if step <= self.before or self.program.loop is None:
            return self.program.before[step - 1].line
        at = (step - self.before - 1) % self._length
        return self.program.loop.line if at == 0 else self.program.loop.body[at - 1].line

    def iteration(self, step: int) -> int | None:
        """Which time around a step belongs to, from 0; None before the loop."""
        return None if step <= self.before else (step - self.before - 1) // self._length

    def names(self) -> Mapping[str, object]:
        """Everything assigned so far, in the order it was first assigned."""
        return {
            name: value
            for name, value in self._names.items()
            if not name.startswith("__") and not isinstance(value, ModuleType)
        }

    def advance(self) -> tuple[str, ...]:
        """Run the next line, if there is one; answers the names it assigned."""
        loop = self.program.loop
        if self.step >= self.steps:
            return ()
        if self.step < self.before or loop is None:
            assigned = self._execute(self.program.before[self.step])
        else:
            iteration, at = divmod(self.step - self.before, loop.length)
            if at == 0:
                self._names[loop.counter] = iteration
                assigned = (loop.counter,)
            else:
                assigned = self._execute(loop.body[at - 1])
                if "loss" in assigned:
                    self.losses.append(float(cast("np.float64", self._names["loss"])))
        self.step += 1
        return assigned

    def _execute(self, statement: Statement) -> tuple[str, ...]:
        # a number out of range is shown as it comes out, infinite or NaN
        with np.errstate(all="ignore"):
            exec(statement.code, self._names)  # noqa: S102  a line of a listing of ours, compiled there
        return statement.names

    def copy(self) -> Self:
        """The same place, to go on from on its own."""
        other = type(self)(self.program, self.times)
        other.step = self.step
        other.losses = list(self.losses)
        other._names.update({name: _copied(value) for name, value in self._names.items()})
        return other

    @property
    def bytes(self) -> int:
        """What its arrays take."""
        arrays = [cast("NDArray[np.float64]", v) for v in self._names.values() if isinstance(v, np.ndarray)]
        return sum(array.nbytes for array in arrays)


def _copied(value: object) -> object:
    """Its own copy of what a later line may change in place."""
    if isinstance(value, np.ndarray):
        return cast("NDArray[np.float64]", value).copy()
    return deepcopy(value) if isinstance(value, np.random.Generator) else value

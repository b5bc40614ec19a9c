"""One update taken apart: the next minibatch forward and back, then what every parameter makes of it.

The update is the one that `run_slice` makes, bit for bit: it is made here by the same code, watched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.learning.batch import open_batch
from engine.learning.checks import one_of
from engine.learning.descent import Descent
from engine.learning.edits import require_place
from engine.learning.forward_backward import Statement, walk
from engine.learning.network import network
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.rule_lines import (
    AFTER,
    AFTER_SHRINKING,
    CLIP_LINES,
    CLIPPED,
    DECAYED,
    RAW,
    SHRUNK,
    Line,
)
from engine.learning.slices import advance, require_fit
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.stopping import Stopped
from engine.learning.vectors import views
from engine.ops.op import Array, Shape


@dataclass(frozen=True, slots=True, eq=False)
class ParameterUpdate:
    """A parameter through one update, all arrays of its own shape.

    raw -> clipped -> gradient (with weight decay that adds to it), which moves the slots and gives the
    step; before -> shrunk (by decoupled weight decay) -> after = shrunk + step.
    """

    name: str
    before: Array
    raw: Array
    clipped: Array
    gradient: Array
    slots_before: dict[str, Array]
    slots: dict[str, Array]
    shrunk: Array
    step: Array
    after: Array

    @property
    def shape(self) -> Shape:
        """The parameter's shape."""
        return self.before.shape


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of the rule for one element, and the number it makes."""

    name: str
    latex: str
    value: float


@dataclass(frozen=True, slots=True)
class Element:
    """One number of a parameter through the update: every quantity by name, and the lines that use them."""

    parameter: str
    index: tuple[int, ...]
    numbers: dict[str, float]
    lines: tuple[WrittenLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """The next update of a state. `points` says which training points the minibatch holds.

    `norm` is that of the whole gradient before any clipping, `updates` counts this one, and `rate` is
    its learning rate as scheduled. `state` is where it leads. `stopped` and `finished` say why a run
    does not make it, as in a frame; `state` is then the state given.
    """

    spec: TrainingSpec
    step: int
    epoch: int
    position: int
    points: NDArray[np.int64]
    statements: tuple[Statement, ...]
    loss: str
    norm: float
    rate: float
    updates: int
    parameters: tuple[ParameterUpdate, ...]
    state: TrainingState
    stopped: Stopped | None
    finished: TrainingError | None

    def element(self, parameter: str, index: Sequence[int]) -> Element:
        """The lines of the rule for one number of a parameter.

        Raises InputError for a parameter that there is not and an index that names no single number.
        """
        found = {update.name: update for update in self.parameters}
        one_of("parameter", parameter, found)
        require_place(parameter, found[parameter].shape, index)
        return _element(self, found[parameter], tuple(index))


def explain_update(spec: TrainingSpec, state: TrainingState) -> Update:
    """Take the next update of a state apart. Raises InputError when the state does not belong to the spec."""
    require_fit(spec, state)
    net = network(spec)
    with np.errstate(all="ignore"):
        descent = Descent(spec, state)
        X, y = descent.batches.X, descent.batches.y
        descent.look()
        before, raw = descent.theta.copy(), descent.gradient.copy()
        slots_before = tuple([slot.copy() for slot in descent.slots])
        clipped, shrunk = descent.clipped(raw), descent.shrunk(before)
        # a rule leaves the gradient as it was handed to it: clipped, with the decay added
        descent.update()
        step = np.zeros_like(before)
        slots = tuple([slot.copy() for slot in slots_before])
        # the same rule from 0: 0 + step here is w + step there, to the bit
        descent.rule.update(step, descent.gradient, slots, descent.updates, descent.rate, spec.optimizer)
        statements = walk(net, dict(state.parameters), views(raw, net.parameters), X, y)
        after, stopped, finished = advance(spec, state, 1)
    made = {
        "before": before,
        "raw": raw,
        "clipped": clipped,
        "gradient": descent.gradient,
        "shrunk": shrunk,
        "step": step,
        "after": descent.theta,
    }
    return Update(
        spec=spec,
        step=state.step,
        epoch=state.epoch,
        position=state.position,
        points=open_batch(spec, state).points,
        statements=statements,
        loss=net.loss,
        norm=float(np.sqrt(np.square(raw, dtype=np.float64).sum())),
        rate=descent.rate,
        updates=descent.updates,
        parameters=_by_parameter(net.parameters, made, descent.rule.slots, slots_before, descent.slots),
        state=after,
        stopped=stopped,
        finished=finished,
    )


def _by_parameter(
    shapes: dict[str, Shape],
    made: dict[str, Array],
    slots: tuple[str, ...],
    slots_before: tuple[Array, ...],
    slots_after: tuple[Array, ...],
) -> tuple[ParameterUpdate, ...]:
    parts = {what: views(vector, shapes) for what, vector in made.items()}
    older = {slot: views(vector, shapes) for slot, vector in zip(slots, slots_before, strict=True)}
    newer = {slot: views(vector, shapes) for slot, vector in zip(slots, slots_after, strict=True)}
    return tuple(
        [
            ParameterUpdate(
                name=name,
                slots_before={slot: arrays[name] for slot, arrays in older.items()},
                slots={slot: arrays[name] for slot, arrays in newer.items()},
                **{what: arrays[name] for what, arrays in parts.items()},
            )
            for name in shapes
        ]
    )


def _element(update: Update, of: ParameterUpdate, index: tuple[int, ...]) -> Element:
    spec = update.spec
    rule, clip = OPTIMIZERS[spec.optimizer.name], spec.clip
    decays = spec.optimizer.weight_decay > 0 and (len(of.shape) > 1 or not spec.optimizer.exempt_biases)
    adds, shrinks = decays and not rule.decoupled, decays and rule.decoupled
    lines: list[Line] = []
    gradient = RAW
    if clip is not None:
        gradient = CLIP_LINES[clip.by]
        if adds:
            lines.append(Line("clipped", gradient))
            gradient = CLIPPED
    lines.append(Line("gradient", gradient + DECAYED if adds else gradient))
    lines += [*([SHRUNK] if shrinks else []), *rule.lines]
    lines.append(Line("after", AFTER_SHRINKING if shrinks else AFTER))
    numbers = _hyperparameters(update) | {
        "before": float(of.before[index]),
        "raw": float(of.raw[index]),
        "clipped": float(of.clipped[index]),
        "gradient": float(of.gradient[index]),
        "shrunk": float(of.shrunk[index]),
        "step": float(of.step[index]),
        "after": float(of.after[index]),
    }
    for slot, array in of.slots.items():
        numbers |= {f"{slot}_before": float(of.slots_before[slot][index]), slot: float(array[index])}
    for line in lines:
        if line.value is not None:
            numbers[line.name] = line.value(numbers)
    return Element(
        of.name,
        index,
        numbers,
        tuple([WrittenLine(line.name, line.latex, numbers[line.name]) for line in lines]),
    )


def _hyperparameters(update: Update) -> dict[str, float]:
    optimizer, clip = update.spec.optimizer, update.spec.clip
    names = ("momentum", "beta1", "beta2", "alpha", "epsilon", "weight_decay")
    found: dict[str, float] = {name: getattr(optimizer, name) for name in names}
    found |= {"learning_rate": update.rate, "updates": update.updates, "norm": update.norm}
    return found if clip is None else found | {"limit": clip.limit}

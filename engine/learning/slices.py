"""Training as a pure function: a state in, a later state and a frame out.

    run_slice(run_slice(s, 4), 6) == run_slice(s, 10), bit for bit

Nothing outlives a call but caches of what follows from the spec alone, so any worker may run the
next slice, a lost worker costs one slice, and rewinding is an older state.
"""

from math import ceil, isfinite

import numpy as np

from engine.errors import InputError, TrainingError
from engine.learning.checks import whole
from engine.learning.datasets import sample
from engine.learning.descent import Descent
from engine.learning.divergence import diagnose
from engine.learning.frames import Frame, frame
from engine.learning.network import network
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.spec import TrainingSpec
from engine.learning.state import GeneratorState, OptimizerState, TrainingState
from engine.learning.statistics import Motion
from engine.learning.stopping import Stopped
from engine.learning.views import NO_PARTS, Parts
from engine.ops.op import Array


def start(spec: TrainingSpec) -> TrainingState:
    """The state before the first update: parameters drawn from the seed, slots at zero.

    Raises EngineError for a program that cannot be trained on these data.
    """
    parameters = _initial_parameters(spec)
    return TrainingState(parameters, _fresh_optimizer(spec, parameters), GeneratorState.seeded(spec.seed))


def carry_over(spec: TrainingSpec, state: TrainingState) -> TrainingState:
    """Go on with a changed spec: parameters keep their values where name and shape stay.

    Other parameters are drawn as `start` draws them. The optimizer keeps its slots while its rule
    and all parameters stay; otherwise it begins anew, as a new one would in PyTorch. So does the watch
    over the condition to stop: what was measured under another lambda or on other points is no mark
    to be beaten. Patience counts from the last change, and a run which has stopped goes on.
    """
    fresh = _initial_parameters(spec)
    old = state.parameters
    kept = {name for name, array in fresh.items() if name in old and old[name].shape == array.shape}
    parameters = {name: _like(old[name], array) if name in kept else array for name, array in fresh.items()}
    same = len(kept) == len(fresh) == len(old) and state.optimizer.name == spec.optimizer.name
    optimizer = _fresh_optimizer(spec, parameters)
    if same:
        slots = {
            slot: {name: _like(arrays[name], array) for name, array in parameters.items()}
            for slot, arrays in state.optimizer.slots.items()
        }
        optimizer = OptimizerState(spec.optimizer.name, state.optimizer.updates, slots)
    position = state.position if state.position < len(sample(spec.data).y_train) else 0
    return TrainingState(parameters, optimizer, state.generator, state.step, state.epoch, position)


def run_slice(
    spec: TrainingSpec, state: TrainingState, updates: int, parts: Parts = NO_PARTS
) -> tuple[TrainingState, Frame]:
    """Make so many updates and measure where they led: `advance`, then `frame` with these parts.

    The frame follows from the state alone, but for the size of the last update, which only the slice
    that made it knows.
    """
    state, motion, stopped, finished = _walked(spec, state, updates)
    return state, frame(spec, state, parts, motion, stopped, finished)


def advance(
    spec: TrainingSpec, state: TrainingState, updates: int
) -> tuple[TrainingState, Stopped | None, TrainingError | None]:
    """Make so many updates, without a measurement. The state given is left as it was.

    Where the spec's condition to stop is met at an epoch's end, the updates end there, and `stopped`
    says so; from such a state no further update is made.

    A point is good when its parameters and slots, and the loss and gradient of the next minibatch
    there, are all finite. An update that would lead to one that is not is refused: the state
    answered is the good one before it, wherever slices were cut, and `finished` says why. Raises
    InputError when the state does not belong to the spec.
    """
    state, _, stopped, finished = _walked(spec, state, updates)
    return state, stopped, finished


def _walked(
    spec: TrainingSpec, state: TrainingState, updates: int
) -> tuple[TrainingState, Motion | None, Stopped | None, TrainingError | None]:
    """`advance`, and how the state answered moves; unknown where the state given is not finite itself."""
    whole("updates", updates, 0)
    require_fit(spec, state)
    with np.errstate(all="ignore"):
        descent = Descent(spec, state)
        descent.look()
        before: Array | None = None
        for left in range(updates, 0, -1):
            if not isfinite(descent.loss) or descent.stopped is not None:
                break
            # any update may be the last where a condition stops the run
            if left == 1 or spec.stop is not None:
                before = descent.theta.copy()
            descent.update()
            descent.look()
        if descent.is_finite():
            return descent.state(), Motion(descent.theta, descent.gradient, before), descent.stopped, None
        state, motion, finished = _last_good(spec, state)
    return state, motion, None, finished


def updates_to_epoch_end(spec: TrainingSpec, state: TrainingState) -> int:
    """How many updates complete the epoch the state is in."""
    return ceil((len(sample(spec.data).y_train) - state.position) / spec.batch_size)


def _last_good(
    spec: TrainingSpec, state: TrainingState
) -> tuple[TrainingState, Motion | None, TrainingError]:
    """Walk the slice again, looking closely, up to the first point that is not finite.

    A slice is pure, so the second walk meets the same numbers, and the first one need not keep
    copies as it goes.
    """
    descent = Descent(spec, state)
    descent.look()
    begun = descent.step
    motion: Motion | None = None
    while descent.is_finite():
        state = descent.state()
        before = None if motion is None else motion.point
        motion = Motion(descent.theta.copy(), descent.gradient.copy(), before)
        descent.update()
        descent.look()
    error = diagnose(
        spec.optimizer, descent.rate, descent.step, descent.step == begun, descent.loss, descent.vectors()
    )
    return state, motion, error


def _initial_parameters(spec: TrainingSpec) -> dict[str, Array]:
    return {n: _like(array, array) for n, array in network(spec).initial_parameters(spec.seed).items()}


def _fresh_optimizer(spec: TrainingSpec, parameters: dict[str, Array]) -> OptimizerState:
    slots = OPTIMIZERS[spec.optimizer.name].slots
    zeros = {name: np.zeros_like(array) for name, array in parameters.items()}
    return OptimizerState(spec.optimizer.name, 0, dict.fromkeys(slots, zeros))


def _like(array: Array, model: Array) -> Array:
    copy = array.astype(model.dtype)
    copy.setflags(write=False)
    return copy


def require_fit(spec: TrainingSpec, state: TrainingState) -> None:
    """Raise InputError unless the state's parameters, optimizer and position are the spec's."""
    shapes = {name: array.shape for name, array in state.parameters.items()}
    for what, fits in (
        ("parameters", shapes == network(spec).parameters and state.dtype == spec.dtype),
        ("optimizer", state.optimizer.name == spec.optimizer.name),
        ("position", state.position < len(sample(spec.data).y_train)),
    ):
        if not fits:
            raise InputError(
                "state_of_another_run",
                f"the {what} of this training state are not those of the spec",
                hint="start again, or carry the state over to the changed spec",
                parameters={"what": what},
            )

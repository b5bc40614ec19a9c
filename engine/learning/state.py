"""Everything a training run has to remember between two slices, and its plain form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.learning.checks import one_of
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.plain import (
    read_array,
    read_big,
    read_float,
    read_list,
    read_map,
    read_shape,
    read_text,
    read_whole,
    refuse,
    write_array,
    write_big,
    write_float,
)
from engine.learning.stopping import METRICS, Watch
from engine.limits import DEFAULT, Limits
from engine.ops.op import Array, Shape

VERSION = 2
MOST_UPDATES = 2**53 - 1
DTYPES = ("float32", "float64")
FIELDS = (
    *("version", "dtype", "step", "epoch", "position"),
    *("generator", "parameters", "optimizer", "watch"),
)


@dataclass(frozen=True, slots=True)
class GeneratorState:
    """The state of PCG64, NumPy's default random generator, laid bare.

    state <- state * multiplier + increment  (mod 2**128), with `increment` odd; a draw of 32 bits
    leaves the other half of its 64 in `uinteger` when `has_uint32` is 1.

    Source: O'Neill (2014), "PCG: a family of simple fast space-efficient statistically good
    algorithms for random number generation".
    """

    state: int
    increment: int
    has_uint32: int
    uinteger: int

    @classmethod
    def seeded(cls, seed: int) -> "GeneratorState":
        """The state `numpy.random.default_rng(seed)` begins with."""
        return cls.of(np.random.default_rng(seed))

    @classmethod
    def of(cls, generator: np.random.Generator) -> "GeneratorState":
        """The state a generator is in."""
        # typed as a mapping of anything by NumPy's own stubs
        found: Any = generator.bit_generator.state
        return cls(found["state"]["state"], found["state"]["inc"], found["has_uint32"], found["uinteger"])

    def generator(self) -> np.random.Generator:
        """A generator in this state."""
        bits = np.random.PCG64(0)
        bits.state = {
            "bit_generator": "PCG64",
            "state": {"state": self.state, "inc": self.increment},
            "has_uint32": self.has_uint32,
            "uinteger": self.uinteger,
        }
        return np.random.Generator(bits)


@dataclass(frozen=True, slots=True, eq=False)
class OptimizerState:
    """What an optimizer remembers: the updates it has made, and per slot an array like each parameter."""

    name: str
    updates: int
    slots: Mapping[str, Mapping[str, Array]]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingState:
    """A training run at rest: any worker can go on from here, and the same bits come out.

    `step` counts updates and `epoch` completed passes over the training points. `position` counts
    the points already used in this epoch. `generator` is as it stood when this epoch began: the
    epoch's permutation is its next draw, so it need not be stored. `watch` is what was seen of the
    metric that may stop the run, None before the first epoch's end. Arrays are never written to.
    """

    parameters: Mapping[str, Array]
    optimizer: OptimizerState
    generator: GeneratorState
    step: int = 0
    epoch: int = 0
    position: int = 0
    watch: Watch | None = None

    @property
    def dtype(self) -> str:
        """The kind of number trained, such as "float32"."""
        return next(iter(self.parameters.values())).dtype.name

    def to_plain(self) -> dict[str, object]:
        """Maps, lists, text, whole numbers and bytes alone: ready for MessagePack.

        Arrays are their bytes in little-endian order, C-contiguous; slots list one array per
        parameter, in the order of `parameters`.
        """
        return {
            "version": VERSION,
            "dtype": self.dtype,
            "step": self.step,
            "epoch": self.epoch,
            "position": self.position,
            "generator": {
                "state": write_big(self.generator.state),
                "increment": write_big(self.generator.increment),
                "has_uint32": self.generator.has_uint32,
                "uinteger": self.generator.uinteger,
            },
            "parameters": [
                {"name": name, "shape": list(array.shape), "values": write_array(array)}
                for name, array in self.parameters.items()
            ],
            "optimizer": {
                "name": self.optimizer.name,
                "updates": self.optimizer.updates,
                "slots": {
                    slot: [write_array(arrays[name]) for name in self.parameters]
                    for slot, arrays in self.optimizer.slots.items()
                },
            },
            "watch": None if self.watch is None else _write_watch(self.watch),
        }

    @classmethod
    def from_plain(cls, plain: object, limits: Limits = DEFAULT) -> "TrainingState":
        """The state a plain form stands for.

        Raises InputError where it is malformed, of another version, or holds a number that is not
        finite: nothing in it is trusted.
        """
        fields = read_map(plain, "state", FIELDS)
        if fields["version"] != VERSION:
            raise refuse("version", f"{VERSION}, the one this engine reads")
        dtype = read_text(fields["dtype"], "dtype")
        one_of("dtype", dtype, DTYPES)
        parameters = _read_parameters(fields["parameters"], dtype, limits)
        return cls(
            parameters,
            _read_optimizer(fields["optimizer"], dtype, {name: a.shape for name, a in parameters.items()}),
            _read_generator(fields["generator"]),
            read_whole(fields["step"], "step", MOST_UPDATES),
            read_whole(fields["epoch"], "epoch", MOST_UPDATES),
            read_whole(fields["position"], "position", MOST_UPDATES),
            None if fields["watch"] is None else _read_watch(fields["watch"]),
        )


def _read_parameters(value: object, dtype: str, limits: Limits) -> dict[str, Array]:
    parameters: dict[str, Array] = {}
    room = limits.parameters
    entries = read_list(value, "parameters", limits.nodes)
    for entry in entries:
        fields = read_map(entry, "parameters", ("name", "shape", "values"))
        name = read_text(fields["name"], "parameters.name")
        shape = read_shape(fields["shape"], f"the shape of {name[:40]}", limits.rank, room)
        parameters[name] = read_array(fields["values"], f"the values of {name[:40]}", shape, dtype)
        room = max(room - parameters[name].size, 0)
    if not parameters or len(parameters) != len(entries):
        raise refuse("parameters", "a list of parameters, each with a name of its own")
    return parameters


def _read_optimizer(value: object, dtype: str, shapes: Mapping[str, Shape]) -> OptimizerState:
    fields = read_map(value, "optimizer", ("name", "updates", "slots"))
    name = read_text(fields["name"], "optimizer.name")
    one_of("optimizer", name, OPTIMIZERS)
    slots: dict[str, dict[str, Array]] = {}
    for slot, listed in read_map(fields["slots"], "optimizer.slots", OPTIMIZERS[name].slots).items():
        arrays = read_list(listed, slot, len(shapes))
        if len(arrays) != len(shapes):
            raise refuse(slot, "a list of one array for each parameter")
        slots[slot] = {
            name: read_array(array, f"{slot} of {name[:40]}", shape, dtype)
            for (name, shape), array in zip(shapes.items(), arrays, strict=True)
        }
    return OptimizerState(name, read_whole(fields["updates"], "optimizer.updates", MOST_UPDATES), slots)


def _read_generator(value: object) -> GeneratorState:
    fields = read_map(value, "generator", ("state", "increment", "has_uint32", "uinteger"))
    increment = read_big(fields["increment"], "generator.increment")
    if increment % 2 == 0:
        raise refuse("generator.increment", "odd")
    return GeneratorState(
        read_big(fields["state"], "generator.state"),
        increment,
        read_whole(fields["has_uint32"], "generator.has_uint32", 1),
        read_whole(fields["uinteger"], "generator.uinteger", 2**32 - 1),
    )


def _write_watch(watch: Watch) -> dict[str, object]:
    return {
        "metric": watch.metric,
        "value": write_float(watch.value),
        "best": write_float(watch.best),
        "stale": watch.stale,
    }


def _read_watch(value: object) -> Watch:
    fields = read_map(value, "watch", ("metric", "value", "best", "stale"))
    metric = read_text(fields["metric"], "watch.metric")
    one_of("metric", metric, METRICS)
    return Watch(
        metric,
        read_float(fields["value"], "watch.value"),
        read_float(fields["best"], "watch.best"),
        read_whole(fields["stale"], "watch.stale", MOST_UPDATES),
    )

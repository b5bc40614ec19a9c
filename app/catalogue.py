"""The engine's tables as the API shows them."""

from dataclasses import fields
from functools import cache

from app.encoding import MOST_NUMBERS, SHOWN
from app.schemas.catalogue import (
    DataSetEntry,
    DataSets,
    Derivative,
    InitializerEntry,
    LimitEntry,
    Limits,
    OpEntry,
    Ops,
    OptimizerEntry,
)
from app.settings import Settings
from engine.graph.initializers import INITIALIZERS
from engine.graph.lumping import DEFINITIONS
from engine.graph.patterns import MEANING
from engine.learning import DATASETS, EXTENT, OPTIMIZERS, layers
from engine.limits import DEFAULT
from engine.ops import OPS, Elementwise, Op, Operand, chosen
from engine.ops.op import Text

REQUIRED = {"shape": (1, 4), "entries": (0, slice(0, 2))}
"""What stands for the options that have no default, where a text depends on them."""


@cache
def ops() -> Ops:
    """The op table."""
    return Ops(
        ops=[_op(op) for op in OPS.values()],
        initializers=[
            InitializerEntry(
                name=kind.name,
                signature=f"{kind.name}({', '.join(['rows', 'columns', *_defaults(kind.options)])})",
                doc=kind.doc,
                source=kind.source,
            )
            for kind in INITIALIZERS.values()
        ],
        patterns=MEANING,
        lumpable=[*DEFINITIONS, "cross_entropy"],
    )


def _defaults(options: dict[str, float]) -> list[str]:
    return [f"{name}={value:g}" for name, value in options.items()]


def _op(op: Op) -> OpEntry:
    return OpEntry(
        name=op.name,
        symbol=op.symbol,
        operator=op.operator,
        signature=op.signature,
        callable=op.reserved,
        arguments=list(op.arguments),
        doc=op.doc,
        source=op.source,
        formula=op.latex,
        pattern=op.pattern,
        kinks=[kink.says for kink in op.kinks],
        derivatives=[_derivative(op, position) for position in range(len(op.arguments))],
        numpy=_shown(op, op.numpy),
        torch=_shown(op, op.torch),
    )


def _derivative(op: Op, position: int) -> Derivative:
    derivative = op.derivative(position)
    if derivative is None:
        return Derivative(argument=op.arguments[position], local_kind="none", formula=None, numpy=None)
    return Derivative(
        argument=op.arguments[position],
        local_kind="elementwise" if isinstance(derivative, Elementwise) else "jacobian",
        formula=derivative.latex,
        numpy=_shown(op, derivative.numpy),
    )


def _shown(op: Op, text: Text) -> str:
    """A text that depends on its operands, for matrices: the general case."""
    options = {name: REQUIRED[name] if value is ... else value for name, value in op.options.items()}
    return chosen(text, (Operand((2, 2)),) * len(op.arguments), options)


def limits(settings: Settings) -> Limits:
    """The engine's limits and the server's own, in one table."""
    engine = [
        LimitEntry(name=field.name, allowed=getattr(DEFAULT, field.name), doc=field.metadata["doc"])
        for field in fields(DEFAULT)
    ]
    server = {
        "answer_numbers": (MOST_NUMBERS, "numbers in an answer"),
        "shown_elements": (SHOWN, "elements up to which a tensor is answered whole without being asked for"),
        "body": (settings.small_body, "bytes in the body of a request, trainings excepted"),
        "training_body": (
            settings.training_body,
            "bytes in a training request or a message of a live session",
        ),
        "seconds": (settings.deadline, "seconds one request may compute"),
        "calls_per_second": (settings.calls_per_second, "graph calls a client may make in a second"),
        "queue": (settings.queue, "requests that may wait to be computed"),
        "sessions": (settings.sessions, "live training sessions at once"),
        "idle_seconds": (settings.idle_seconds, "seconds after which a silent session is closed"),
    }
    return Limits(
        limits=engine
        + [LimitEntry(name=name, allowed=allowed, doc=doc) for name, (allowed, doc) in server.items()]
    )


@cache
def datasets() -> DataSets:
    """The data sets, optimizers and activations."""
    return DataSets(
        datasets=[
            DataSetEntry(
                name=entry.name,
                title=entry.title,
                doc=entry.doc,
                source=entry.source,
                noise_unit=entry.noise_unit,
                class_range=entry.class_range,
                classes=entry.classes,
                samples=entry.samples,
                noise=entry.noise,
            )
            for entry in DATASETS.values()
        ],
        optimizers=[
            OptimizerEntry(
                name=rule.name,
                title=rule.title,
                doc=rule.doc,
                formula=rule.latex,
                source=rule.source,
                learning_rate=rule.learning_rate,
            )
            for rule in OPTIMIZERS.values()
        ],
        activations=list(layers.INITIALIZERS),
        extent=EXTENT,
    )

"""The engine's tables as the API shows them."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from math import inf

from app.limits import server_limits
from app.schemas.catalogue import (
    ClippingEntry,
    DataSets,
    Derivative,
    InitializerEntry,
    LimitEntry,
    Limits,
    OpEntry,
    Ops,
    OptimizerEntry,
    PartEntry,
    ScheduleEntry,
)
from app.schemas.data import DataSetEntry, FeatureEntry
from app.settings import Settings
from engine.graph.initializers import INITIALIZERS
from engine.graph.lumping import LUMPABLE
from engine.graph.patterns import MEANING
from engine.learning import (
    CLIPPINGS,
    DATASETS,
    EXTENT,
    FEATURES,
    OPTIMIZERS,
    SCHEDULES,
    DataSet,
    parts,
)
from engine.learning.datasets.spec import FEWEST_PER_CLASS, LEAST_HELD_OUT, MOST_HELD_OUT
from engine.learning.stopping import CONDITIONS, METRICS
from engine.limits import DEFAULT, TRAINING, beyond_default
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
        lumpable=list(LUMPABLE),
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
    engine += [
        LimitEntry(name=f"training_{name}", allowed=allowed, doc=f"{doc}, where it is trained")
        for name, allowed, doc in beyond_default(TRAINING)
    ]
    return Limits(
        limits=engine
        + [LimitEntry(name=name, allowed=allowed, doc=doc) for name, allowed, doc in server_limits(settings)]
    )


@cache
def datasets() -> DataSets:
    """The data sets, optimizers and activations."""
    return DataSets(
        datasets=[_data_set(record) for record in DATASETS.values()],
        features=[
            FeatureEntry(name=feature.name, title=feature.title, doc=feature.doc)
            for feature in FEATURES.values()
        ],
        held_out_range=(LEAST_HELD_OUT, MOST_HELD_OUT),
        optimizers=[
            OptimizerEntry(
                name=rule.name,
                title=rule.title,
                doc=rule.doc,
                formula=rule.latex,
                source=rule.source,
                learning_rate=rule.learning_rate,
                weight_decay=rule.weight_decay,
            )
            for rule in OPTIMIZERS.values()
        ],
        schedules=[
            ScheduleEntry(
                name=schedule.name,
                title=schedule.title,
                doc=schedule.doc,
                formula=schedule.latex,
                source=schedule.source,
                numbers=list(schedule.numbers),
            )
            for schedule in SCHEDULES.values()
        ],
        clippings=[
            ClippingEntry(
                name=clipping.name,
                title=clipping.title,
                doc=clipping.doc,
                formula=clipping.latex,
                source=clipping.source,
            )
            for clipping in CLIPPINGS.values()
        ],
        metrics=dict(METRICS),
        conditions=dict(CONDITIONS),
        activations=list(parts.ACTIVATIONS),
        activation_entries=_parts(parts.ACTIVATIONS),
        initializers=_parts(parts.INITIALIZERS),
        losses=_parts(parts.LOSSES),
        regularizers=_parts(parts.REGULARIZERS),
        extent=EXTENT,
    )


def _data_set(record: DataSet) -> DataSetEntry:
    fewest, most = record.class_range
    available = inf if record.most_per_class is None else record.most_per_class * most
    return DataSetEntry(
        name=record.name,
        title=record.title,
        doc=record.doc,
        source=record.source,
        kind=record.kind,
        in_plane=record.in_plane,
        columns=record.columns,
        noise_unit=record.noise_unit,
        noise_range=(0, 1),
        class_range=record.class_range,
        sample_range=(FEWEST_PER_CLASS * fewest, int(min(DEFAULT.samples, available))),
        most_per_class=record.most_per_class,
        classes=record.classes,
        samples=record.samples,
        noise=record.noise,
    )


def _parts(table: Mapping[str, parts.Part]) -> list[PartEntry]:
    return [PartEntry(name=part.name, title=part.title, doc=part.doc) for part in table.values()]

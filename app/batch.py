"""A minibatch of a training opened as a graph, in a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.encoding import TensorWriter, to_json
from app.specs import read_spec, starting_point
from app.tasks import Drawing, GraphTask, traced_graph
from engine.autodiff.jacobian import LAYOUT
from engine.learning import open_batch


@dataclass(frozen=True, slots=True)
class BatchTask:
    """Which minibatch, and how its graph is drawn; the engine checks the rest."""

    spec: Mapping[str, Any]
    state: str | None
    epoch: int | None
    position: int | None
    lump: tuple[str, ...]
    selections: tuple[tuple[str, tuple[str, ...]], ...]
    copies: bool
    full: frozenset[str]
    inputs: bool


def trace_batch(task: BatchTask) -> bytes:
    """The graph's answer, with the program and the minibatch's place in the training, as JSON."""
    spec = read_spec(task.spec)
    state = starting_point(spec, task.state)
    batch = open_batch(spec, state, task.epoch, task.position)
    drawing = Drawing(
        source=spec.program,
        inputs=batch.inputs,
        upstream=None,
        seed=spec.seed,
        apart=(),
        lump=task.lump,
        selections=task.selections,
        collapse=frozenset(),
        copies=task.copies,
        output=batch.loss,
    )
    answer = traced_graph(
        GraphTask(drawing, check=False, jacobians=False, layout=LAYOUT, touch=None, full=task.full)
    )
    place = {"epoch": batch.epoch, "position": batch.position, "points": batch.points.tolist()}
    answer |= {"source": spec.program, "batch": place, "loss": batch.loss}
    if task.inputs:
        # a budget of their own: a graph of previews may have inputs of many more numbers
        whole = TensorWriter()
        answer["inputs"] = {name: whole(value, full=True) for name, value in batch.inputs.items()}
    return to_json(answer)

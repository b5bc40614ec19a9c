"""One update of a training, taken apart in a worker."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.encoding import MOST_NUMBERS, SHOWN, Plain, TensorWriter, scalar, to_json
from app.problems import describe
from app.specs import read_spec, resumed
from app.states import decode, fingerprint, read_state, write_state
from engine.learning import start
from engine.learning.forward_backward import Statement
from engine.learning.one_update import Element, ParameterUpdate, Update, explain_update
from engine.learning.rule_lines import SYMBOLS

PREVIEWED_ONLY = 64
"""Elements up to which a tensor is answered whole where all of them together would be too many."""


@dataclass(frozen=True, slots=True)
class UpdateTask:
    """Which state, and which number of which parameter is to be followed; the engine checks them."""

    spec: Mapping[str, Any]
    state: str | None
    element: tuple[str, tuple[int, ...]] | None


def take_apart(task: UpdateTask) -> bytes:
    """The next update of a state, as JSON."""
    spec = read_spec(task.spec)
    state = start(spec) if task.state is None else resumed(spec, read_state(decode(task.state)))
    update = explain_update(spec, state)
    after = write_state(update.state)
    write = TensorWriter(shown=SHOWN if _numbers(update) <= MOST_NUMBERS else PREVIEWED_ONLY)
    return to_json(
        {
            "step": update.step,
            "batch": {"epoch": update.epoch, "position": update.position, "points": update.points.tolist()},
            "statements": [_statement(statement, write) for statement in update.statements],
            "loss": update.loss,
            "norm": scalar(update.norm),
            "learning_rate": update.rate,
            "updates": update.updates,
            "optimizer": spec.optimizer.name,
            "parameters": [_parameter(parameter, write) for parameter in update.parameters],
            "element": None if task.element is None else _element(update.element(*task.element)),
            "before": fingerprint(write_state(state)),
            "fingerprint": fingerprint(after),
            "state": base64.b64encode(after).decode("ascii"),
            "stopped": None if update.stopped is None else update.stopped.reason,
            "finished": None if update.finished is None else describe(update.finished),
        }
    )


def _numbers(update: Update) -> int:
    """How many numbers there would be, were every tensor of no more than SHOWN elements whole."""
    sizes = [(2, statement.value.size) for statement in update.statements]
    sizes += [(7 + 2 * len(parameter.slots), parameter.before.size) for parameter in update.parameters]
    return sum(arrays * size for arrays, size in sizes if size <= SHOWN)


def _statement(statement: Statement, write: TensorWriter) -> dict[str, Plain]:
    return {
        "name": statement.name,
        "kind": statement.kind,
        "span": statement.span,
        "operands": statement.operands,
        "shape": statement.shape,
        "value": write(statement.value),
        "gradient": write(statement.gradient),
    }


def _parameter(parameter: ParameterUpdate, write: TensorWriter) -> dict[str, Plain]:
    return {
        "name": parameter.name,
        "shape": parameter.shape,
        "before": write(parameter.before),
        "raw": write(parameter.raw),
        "clipped": write(parameter.clipped),
        "gradient": write(parameter.gradient),
        "slots": [
            {"name": slot, "before": write(parameter.slots_before[slot]), "after": write(array)}
            for slot, array in parameter.slots.items()
        ],
        "shrunk": write(parameter.shrunk),
        "step": write(parameter.step),
        "after": write(parameter.after),
    }


def _element(element: Element) -> dict[str, Plain]:
    return {
        "parameter": element.parameter,
        "index": element.index,
        "numbers": {name: scalar(number) for name, number in element.numbers.items()},
        "symbols": {name: SYMBOLS[name] for name in element.numbers},
        "lines": [
            {"name": line.name, "latex": line.latex, "value": scalar(line.value)} for line in element.lines
        ],
    }

"""Numbers and tensors as Python text: exact where they are read back, short where they are looked at."""

import json
import textwrap

import numpy as np

from engine.graph.structure import Node
from engine.ops.op import Array

WIDTH = 96
FEW = 6
"""Up to so many elements, a drawn tensor is written out; a larger one by how it is drawn."""

DRAWS = '''
def draws(name):
    """Each parameter draws from a stream of its own, made from the seed and its name."""
    return np.random.default_rng([{seed}, crc32(name.encode())])
'''


def quoted(text: str) -> str:
    """The text as a string in Python."""
    return json.dumps(text, ensure_ascii=False)


def short(value: float) -> str:
    """A number as one would write it, to be read back as it was: `2`, `0.001`."""
    whole = value.is_integer() and abs(value) < 1e6 and str(value) != "-0.0"
    return str(int(value)) if whole else repr(value)


def glance(value: float) -> str:
    """A number to be looked at, with about four digits: `0.3679`."""
    if not np.isfinite(value) or (value.is_integer() and abs(value) < 1e9):
        return f"{value:.0f}"
    if 0.1 <= abs(value) < 1e6:
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return f"{value:.4g}"


def exact(value: float, module: str = "np") -> str:
    """A number that is read back to the last bit; infinity and NaN go by the module's names."""
    if np.isfinite(value):
        return repr(float(value))
    return f"{module}.nan" if np.isnan(value) else f"{'-' if value < 0 else ''}{module}.inf"


def nested(value: Array, whole: bool = False, module: str = "np", indent: int = 0) -> str:
    """A tensor as nested lists, broken into lines where it is long; `whole` leaves out the `.0`."""
    if value.ndim == 0:
        return str(int(value)) if whole else exact(float(value), module)
    if value.ndim == 1:
        items = [str(int(item)) if whole else exact(float(item), module) for item in value]
    else:
        items = [nested(row, whole, module, indent + 4) for row in value]
    line = f"[{', '.join(items)}]"
    if len(line) + indent <= WIDTH and "\n" not in line:
        return line
    inner = " " * (indent + 4)
    if value.ndim == 1:
        body = textwrap.fill(
            ", ".join(items), WIDTH + 4, initial_indent=inner, subsequent_indent=inner, break_on_hyphens=False
        )
    else:
        body = ",\n".join(inner + item for item in items)
    return f"[\n{body},\n{' ' * indent}]"


def is_whole(value: Array) -> bool:
    """Whether every element is a whole number, as labels are."""
    return bool(np.all((value == np.floor(value)) & (np.abs(value) < 1e15)))


def drawn(node: Node, value: Array, seed: int) -> str | None:
    """How a parameter's first values are drawn, or None if they are not what the seed gives.

    he: normal with std sqrt(2 / inputs); xavier: uniform within sqrt(6 / (inputs + outputs)).
    """
    initializer = node.initializer
    if initializer is None or initializer.shape != node.shape or node.name is None:
        return None
    if not np.array_equal(initializer.draw(node.name, seed), value):
        return None
    shape, options = initializer.shape, initializer.options
    size = str(shape[0]) if len(shape) == 1 else str(shape)
    rng = f"draws({quoted(node.name)})"
    fan_in = shape[0] if shape else 1
    match initializer.kind:
        case "zeros" | "ones":
            return f"np.{initializer.kind}({size})"
        case "he":
            return f"{rng}.normal(0.0, np.sqrt(2.0 / {fan_in}), {shape})"
        case "xavier":
            bound = f"np.sqrt(6.0 / {fan_in + (shape[1] if len(shape) > 1 else fan_in)})"
            return f"{rng}.uniform(-{bound}, {bound}, {shape})"
        case "normal":
            return f"{rng}.normal(0.0, {options['std']}, {shape})"
        case _:
            return f"{rng}.uniform({options['low']}, {options['high']}, {shape})"


def starting_value(node: Node, value: Array, seed: int, whole: bool = False, indent: int = 0) -> str:
    """NumPy text for the value of a tensor that no gate computes."""
    text = drawn(node, value, seed)
    if text is not None and (value.size > FEW or text.startswith("np.")):
        return text
    return f"np.array({nested(value, whole, indent=indent)})"

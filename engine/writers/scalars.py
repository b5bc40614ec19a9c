"""Single numbers in a written NumPy program: Python's own floats where they do, NumPy's where they do not.

Python's read best. But it raises an error where NumPy answers infinity or NaN, and its numbers have
no shape.
"""

import re

import numpy as np

from engine.graph.structure import Node
from engine.ops import Product
from engine.ops.op import Array
from engine.writers.outline import Outline
from engine.writers.values import nested

LEAST, MOST = 1e-75, 1e75
"""The squares of numbers between them, and what is made of those, are well within a float's range."""
SILENCE = 'np.seterr(all="ignore")  # infinity and NaN are answers here'


def suits_python_floats(outline: Outline) -> bool:
    """Whether the program's scalars can be Python floats, which read best.

    They cannot where Python would raise an error for what is infinity or NaN to NumPy, and where a
    text asks for what only NumPy's numbers have, such as `x.shape`.
    """
    if not is_tame(outline):
        return False
    python = {node.index for node in outline.leaves if node.shape == ()} | outline.numbers.keys()
    for node in outline.gates:
        op, sources = node.record, outline.sources(node)
        text = outline.forward_text(node)
        for position, (argument, source) in enumerate(zip(op.names(len(sources)), sources, strict=True)):
            given = source.index in python and source.index not in outline.numbers
            product = isinstance(op.derivative(position), Product)
            if given and (product or asks_for_attribute(text, argument)):
                return False
        if node.shape == () and node.op == "transpose":
            return False
        computed = "(" in text or op.saved is not None
        if not computed and all(source.index in python for source in sources):
            python.add(node.index)
    return True


def is_tame(outline: Outline) -> bool:
    """Whether every number is finite and so far from the ends of a float's range that its square is too."""
    trace = outline.trace
    arrays = [*trace.values, *(gradient for gradient in trace.gradient_of if gradient is not None)]
    sizes = np.abs(np.concatenate([np.ravel(array) for array in arrays]))
    return bool(np.all((sizes == 0) | ((sizes > LEAST) & (sizes < MOST))))


def asks_for_attribute(text: str, argument: str) -> bool:
    """Whether a text needs more of an argument than arithmetic, as `x.T` does."""
    return re.search(rf"(?<![\w.]){argument}\.", text) is not None


def scalar_text(value: Array, plain: bool, whole: bool = False) -> str:
    """A single number, as Python's own float where that will do."""
    digits = nested(value, whole)
    return digits if plain else f"np.float64({digits})"


def constant_text(outline: Outline, node: Node, argument: str, value: float, plain: bool) -> str:
    """A constant among a gate's arguments, as a Python float or, where that will not do, as NumPy's."""
    lone = all(source.index in outline.numbers for source in outline.sources(node))
    text = outline.forward_text(node)
    needed = asks_for_attribute(text, argument) or (not plain and (lone or value == 0))
    return f"np.float64({value})" if needed else repr(value)

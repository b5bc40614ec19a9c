"""Code writers: the traced program in other languages, each a function of the trace alone.

from engine import trace
from engine.writers import WRITERS
print(WRITERS["flat"].write(trace("f = (x + y) * z", {"x": -2, "y": 5, "z": -4})).text)
"""

from typing import NamedTuple, Protocol

from engine.autodiff.trace import Trace
from engine.writers.code import Code
from engine.writers.dot import write_dot
from engine.writers.flat import write_flat
from engine.writers.latex import write_latex
from engine.writers.modular import write_modular
from engine.writers.pytorch import write_pytorch


class Write(Protocol):
    """Code from a trace; `seed` is what the trace drew its parameters from."""

    def __call__(self, trace: Trace, seed: int = 0) -> Code:
        """The traced program in one language, each line with the node it is about."""
        ...


class Writer(NamedTuple):
    """One target: what it is, and the function that writes it."""

    doc: str
    write: Write


WRITERS: dict[str, Writer] = {
    "flat": Writer("NumPy, flat: forward lines, then backward lines in reverse.", write_flat),
    "modular": Writer("NumPy, modular: a class with forward and backward for each op.", write_modular),
    "pytorch": Writer("PyTorch: a module, and `.backward()`.", write_pytorch),
    "latex": Writer("LaTeX: one aligned line per gate, in symbols and with numbers.", write_latex),
    "dot": Writer("DOT, for Graphviz: the graph with its values and gradients.", write_dot),
}
"""Name of each target, as in the API."""

__all__ = ["WRITERS", "Code", "Write", "Writer"]

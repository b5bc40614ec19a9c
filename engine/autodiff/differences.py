"""Where lumping changes a number, and why.

A lumped gate computes the same function by another formula. Wherever both forms are finite and off
their kinks the numbers agree to rounding; elsewhere they need not: the lecture-form sigmoid at -1000
overflows on the way to 0 and has gradient NaN, the lumped one has gradient 0.
"""

from collections import Counter

import numpy as np

from engine.autodiff.notes import Note
from engine.autodiff.trace import Trace
from engine.errors import quoted
from engine.ops.op import Array

TOLERANCE = 1e-9


def lumping_notes(before: Trace, after: Trace) -> list[Note]:
    """A note for the output and for each input whose number differs between the two drawings."""
    notes: list[Note] = []
    if not _same(before.value, after.value):
        notes.append(_note("the output", "value", before.value, after.value, before, after))
    for name, gradient in before.gradients.items():
        lumped = after.gradients.get(name)
        if lumped is not None and not _same(gradient, lumped):
            notes.append(_note(quoted(name), "gradient", gradient, lumped, before, after))
    return notes


def _same(a: Array, b: Array) -> bool:
    return bool(np.allclose(a, b, rtol=TOLERANCE, atol=1e-300, equal_nan=True))


def _note(what: str, kind: str, plain: Array, lumped: Array, before: Trace, after: Trace) -> Note:
    where = ~np.isclose(plain, lumped, rtol=TOLERANCE, atol=1e-300, equal_nan=True)
    one, other = float(plain[where][0]), float(lumped[where][0])
    plainly, lumpedly = (Counter(note.message for note in traced.notes) for traced in (before, after))
    # what is remarked on in one drawing alone is what sets them apart
    reason = next(iter([*(plainly - lumpedly), *(lumpedly - plainly)]), "the two formulas round differently")
    message = (
        f"lumping changes the {kind} of {what}: {one:.4g} gate by gate, {other:.4g} lumped, because {reason}"
    )
    gate = next((node.index for node in after.graph.nodes if node.members), None)
    return Note("lump_differs", gate, message, {"what": what, "kind": kind, "plain": one, "lumped": other})

"""Writes the pages of docs/ that follow from the code: `make docs`. A test fails when they drift."""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

TOP = Path(__file__).parents[1]
sys.path.insert(0, str(TOP))

from app.limits import server_limits  # noqa: E402
from app.settings import Settings  # noqa: E402
from engine.graph.initializers import INITIALIZERS  # noqa: E402
from engine.graph.patterns import MEANING  # noqa: E402
from engine.learning import OPTIMIZERS  # noqa: E402
from engine.learning.rule_lines import SYMBOLS  # noqa: E402
from engine.limits import DEFAULT, TRAINING, beyond_default  # noqa: E402
from engine.ops import OPS, Elementwise, Op, Operand, chosen  # noqa: E402
from engine.ops.op import Text  # noqa: E402

OPS_HEAD = """# The ops

Written by `make docs` from the op table in `engine/ops`. The NumPy texts below are the code that
runs. In them `out` is the gate's result, `saved` what it keeps for its way back, `upstream` the
gradient arriving. An elementwise gate hands down `upstream * local`; a gate whose local gradient is
a matrix gives the product `J @ upstream` itself. Each parameter of a call may be given by its place or by
its name, as in `clip(x, high=1, low=0)`; what `[x0, x1]` stands for is a list of any length.
"""

OPTIMIZERS_HEAD = """# The optimizers

Written by `make docs` from the table in `engine/learning/optimizers.py`: the lines that `POST
/api/v1/trainings/update` fills with numbers and that `/train` walks through. g is the gradient after
clipping and after weight decay that adds to it, t counts updates from 1, and w takes the step at the end:
$w_t = w_{t-1} + \\Delta_t$.
"""

LIMITS_HEAD = """# Limits

Written by `make docs` from `engine/limits.py` and `app/limits.py`. Each is checked before memory or time
is spent; in-process callers may raise those of the engine. `GET /api/v1/limits` answers both tables.
"""
SERVER_HEAD = """
## The server's own

As it is set up without being told otherwise (`app/settings.py`).
"""


def ops_page() -> str:
    """The table of ops, one section each."""
    parts = [OPS_HEAD, *map(_section, OPS.values())]
    parts.append("\n## Initializers\n\n| call | draws | source |\n| --- | --- | --- |")
    for kind in INITIALIZERS.values():
        options = "".join(f", {name}={value:g}" for name, value in kind.options.items())
        parts.append(f"| `{kind.name}(rows, columns{options})` | {kind.doc} | {kind.source} |")
    parts.append("\n## Patterns in gradient flow\n\n| pattern | what the gate does |\n| --- | --- |")
    parts += [f"| {name} | {meaning} |" for name, meaning in MEANING.items()]
    return "\n".join(parts) + "\n"


def _section(op: Op) -> str:
    lines = [f"\n## `{op.signature}`\n", op.doc, "", f"- forward: `{_shown(op, op.numpy)}`"]
    if op.saved is not None:
        lines.append(f"- saved: `{op.saved}`")
    for position, argument in enumerate(op.arguments):
        derivative = op.derivative(position)
        if derivative is None:
            lines.append(f"- `{argument}`: no gradient")
        else:
            kind = "local" if isinstance(derivative, Elementwise) else "J @ upstream"
            lines.append(f"- `{argument}`, {kind}: `{_shown(op, derivative.numpy)}`")
    lines += [f"- kink: {kink.says}" for kink in op.kinks]
    lines += [f"- pattern: {op.pattern}"] if op.pattern else []
    return "\n".join([*lines, f"- source: {op.source}"])


def _shown(op: Op, text: Text) -> str:
    """A text that depends on its operands, for matrices."""
    options = {"shape": (4,), "entries": (0, slice(1, None))}
    filled = {name: options.get(name) if value is ... else value for name, value in op.options.items()}
    return chosen(text, (Operand((2, 2)),) * len(op.arguments), filled)


def optimizers_page() -> str:
    """Every rule, line by line."""
    parts = [OPTIMIZERS_HEAD]
    for rule in OPTIMIZERS.values():
        parts.append(f"\n## {rule.title}\n\n{rule.doc} Source: {rule.source}.\n")
        parts += [f"$${SYMBOLS[line.name]} = {_lettered(line.latex)}$$\n" for line in rule.lines]
        if rule.decoupled:
            parts.append("Weight decay shrinks w itself before the step, and adds nothing to g.\n")
    return "\n".join(parts)


def _lettered(latex: str) -> str:
    """A line with the letters of its quantities in place of their names."""
    return re.sub(r"\{(\w+)\}", lambda found: f"{{{SYMBOLS.get(found[1], found[1])}}}", latex)


def limits_page() -> str:
    """The engine's limits, and the server's own."""
    engine = [(field.name, getattr(DEFAULT, field.name), field.metadata["doc"]) for field in fields(DEFAULT)]
    engine += [
        (f"training_{name}", allowed, f"{doc}, where it is trained")
        for name, allowed, doc in beyond_default(TRAINING)
    ]
    parts = [LIMITS_HEAD, *_rows(engine), SERVER_HEAD, *_rows(server_limits(Settings()))]
    return "\n".join(parts) + "\n"


def _rows(limits: Iterable[tuple[str, float, str]]) -> Iterator[str]:
    yield "| limit | allowed | of what |\n| --- | --- | --- |"
    for name, allowed, doc in limits:
        yield (
            f"| {name} | {allowed:,g} | {doc} |" if allowed % 1 else f"| {name} | {int(allowed):,} | {doc} |"
        )


PAGES = {"ops.md": ops_page, "optimizers.md": optimizers_page, "limits.md": limits_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (TOP / "docs" / name).write_text(page(), encoding="utf-8")

"""What stands around forward and backward in every written Python program."""

from engine.ops.op import Array
from engine.writers.code import Code, Line, Lines, joined
from engine.writers.helpers import helpers_in, imports_of
from engine.writers.outline import Outline
from engine.writers.values import DRAWS, glance, quoted

COLUMN = 40
"""Where remarks begin."""
SHORT_PROGRAM = 16
"""Up to so many lines, the user's program is repeated at the top."""


def numpy_script(program: Outline, seed: int, definitions: list[str], body: Lines) -> Code:
    """A NumPy program: the user's program as a remark, imports, the helpers used, then the body."""
    text = joined([*definitions, *body]).text
    helpers = helpers_in(text)
    draws = [DRAWS.format(seed=seed).strip()] if "draws(" in text else []
    imports = imports_of([*helpers, *draws])
    return layout(program, imports, [*helpers, *draws, *definitions], body)


def layout(program: Outline, imports: list[str], definitions: list[str | Lines], body: Lines) -> Code:
    """The parts of a program with as many blank lines between them as is usual."""
    head: Lines = [*_remark(program), *imports, ""]
    for definition in definitions:
        head += ["", *([definition] if isinstance(definition, str) else definition), ""]
    return joined([*head, *([""] if definitions else []), *body, ""])


def ending(label: str, value: str, pairs: dict[str, str]) -> list[str]:
    """The end of a program: its value printed, its gradients by name held and printed."""
    lines = ["", f"print({quoted(f'{label} =')}, {value})"]
    if not pairs:
        return lines
    items = [f"{quoted(name)}: {gradient}" for name, gradient in pairs.items()]
    listed = f"{{{', '.join(items)}}}"
    if len(listed) > 80:
        listed = "{\n" + "".join(f"    {item},\n" for item in items) + "}"
    return [
        *lines,
        f"gradients = {listed}",
        "for name, gradient in gradients.items():",
        '    print(f"grad_{name} =", gradient)',
    ]


def noted(line: str, value: Array, key: str) -> Line:
    """A line with the number it computes beside it, or the shape of the tensor."""
    return Line(f"{line:<{COLUMN - 2}}  # {value.shape if value.ndim else glance(float(value))}", key)


def _remark(program: Outline) -> list[str]:
    """The user's program, if it is short enough to be compared with what follows."""
    lines = program.graph.source.strip().splitlines()
    if len(lines) > SHORT_PROGRAM:
        return []
    printable = ("".join(c if c.isprintable() else " " for c in line) for line in lines)
    return [*(f"# {line}".rstrip() for line in printable), ""]

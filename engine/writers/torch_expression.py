"""Gates as nested expressions: `f = (x + y) * z` again, with brackets only where they are needed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.graph.structure import Node
from engine.language.grammar import INFIX, PREFIX_POWER
from engine.ops.arithmetic import COMPARISONS
from engine.writers.outline import Outline
from engine.writers.torch_text import torch_text
from engine.writers.values import short

ATOM = 100
TAKES_NUMBERS = {"where": (1, 2), "clip": (1, 2)}
"""Functions of PyTorch that take plain numbers, and at which arguments (there, all or none)."""


@dataclass(frozen=True, slots=True)
class Expression:
    """Python text, and how tightly it holds together: the binding power of its outermost operator."""

    text: str
    power: int = ATOM

    def within(self, power: int) -> str:
        """The text, in brackets unless it holds together more tightly than that."""
        return self.text if self.power > power else f"({self.text})"


def applied(program: Outline, node: Node, known: Mapping[int, Expression]) -> Expression:
    """The gate's op applied to its arguments."""
    arguments = _arguments(program, node, known)
    operator = node.record.operator
    if operator is None:
        return Expression(_called(program, node, arguments))
    if len(arguments) == 1:
        return Expression(f"-{arguments[0].within(PREFIX_POWER)}", PREFIX_POWER)
    _, left, right = INFIX[operator]
    first = arguments[0].within(left if node.op in COMPARISONS or right == left else left - 1)
    second = arguments[1].within(right - 1)
    tight = operator == "**" and re.fullmatch(r"[\w.]+\*\*[\w.]+", f"{first}**{second}")
    text = f"{first}**{second}" if tight else f"{first} {operator} {second}"
    if node.op in COMPARISONS and not program.only_a_condition(node):
        return Expression(f"({text}).double()")
    return Expression(text, left)


def _arguments(program: Outline, node: Node, known: Mapping[int, Expression]) -> list[Expression]:
    """What stands for each argument. An operator takes plain numbers beside a tensor, a function seldom."""
    sources = program.sources(node)
    is_number = [source.index in program.numbers for source in sources]
    taken = TAKES_NUMBERS.get(node.op, ())
    if node.record.operator is None:
        plain = [at in taken and all(is_number[one] for one in taken) for at in range(len(sources))]
    else:
        plain = [not all(is_number) or at > 0 for at in range(len(sources))]
    expressions: list[Expression] = []
    for at, source in enumerate(sources):
        if not is_number[at]:
            expressions.append(known[source.index])
            continue
        value = program.numbers[source.index]
        text = short(value) if node.record.operator else repr(value)
        negative = text.startswith("-")
        expressions.append(
            Expression(text, PREFIX_POWER if negative else ATOM)
            if plain[at]
            else Expression(f"torch.tensor({value})")
        )
    return expressions


def _called(program: Outline, node: Node, arguments: list[Expression]) -> str:
    """A function's text with its arguments in it, in brackets unless they stand between commas."""
    text = torch_text(node, program.operands(node))
    sources = program.sources(node)
    if node.op == "where" and sources[0].op in COMPARISONS and program.only_a_condition(sources[0]):
        text = text.replace("condition != 0", "condition")
    words = dict(zip(node.record.names(len(arguments)), arguments, strict=True))
    pieces: list[str] = []
    end = 0
    for match in re.finditer(rf"(?<![\w.])({'|'.join(words)})\b(?!\s*=(?!=))", text):
        alone = text[match.start() - 1] in "(, " and text[match.end() : match.end() + 1] in (",", ")")
        pieces += [text[end : match.start()], words[match[0]].within(-1 if alone else ATOM - 1)]
        end = match.end()
    return "".join([*pieces, text[end:]])

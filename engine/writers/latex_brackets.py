"""Formulas put together: what stands for an argument goes in brackets only where it needs them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from engine.writers.latex_text import latex_number

RELATION, SUM, SIGNED, FUNCTION, PRODUCT, APPLIED, FRACTION, POWER, ATOM = range(9)
"""How tightly a formula holds together, from `a < b` to a name. A function is applied to brackets."""

OPENING = frozenset({"{", "(", "[", r"\lvert", r"\lVert", r"\begin{bmatrix}"})
CLOSING = frozenset({"}", ")", "]", r"\rvert", r"\rVert", r"\end{bmatrix}"})
BRACKETS = OPENING | CLOSING | {r"\left", r"\right"}
APPLIES = r"\\(?:ln|sin|cos|tan|tanh|sum|prod|max|min)(?![a-z])\S*"


@lru_cache(maxsize=512)
def level(text: str) -> int:
    """How tightly a formula holds together, by the loosest sign outside of its brackets."""
    bare = _outside_brackets(re.sub(r"\\text\{[^{}]* [^{}]*\}", "=", text))
    if re.search(r"[<>=]|\\(le|ge|ne|ldots)\b", bare):
        return RELATION
    if re.search(r".[-+]", bare):
        return SUM
    if bare.startswith("-"):
        return SIGNED
    if re.search(r"\\(cdot|odot|otimes|,)", bare):
        return PRODUCT
    function = re.search(rf"{APPLIES} +(\S?)", bare)
    if function is not None:
        return FUNCTION if function[1] else APPLIED
    if re.match(r"\\t?frac", bare):
        return FRACTION
    return POWER if "^" in bare else ATOM


def _outside_brackets(text: str) -> str:
    """What of a formula stands in no bracket or brace."""
    kept: list[str] = []
    depth = 0
    for part in re.findall(r"\\left\b|\\right\b|\\[a-z]+\{bmatrix\}|\\[lr][vV]ert|[^\\{}()\[\]]+|.", text):
        depth -= part in CLOSING
        if depth == 0 and part not in BRACKETS:
            kept.append(part)
        depth += part in OPENING
    return "".join(kept)


def bracketed(text: str) -> str:
    """A formula in brackets of its own height."""
    return f"({text})" if re.fullmatch(r"-?\\?[\w.]+", text) else rf"\left({text}\right)"


def factor(text: str) -> str:
    """A formula as the last factor of a product: in brackets if it begins with a sign or is a sum."""
    return text if level(text) >= FUNCTION else bracketed(text)


class Slot(NamedTuple):
    """A place for an argument in a formula of the op table.

    `held` says that braces hold it, as in an exponent; else `left` and `right` say how tightly what
    is put there must hold together for what stands before and behind it.
    """

    before: str
    name: str
    held: bool
    left: int
    right: int


@lru_cache(maxsize=512)
def slots(template: str) -> tuple[Slot, ...]:
    """The places in a formula, each with the text since the one before; the last has no name."""
    found: list[Slot] = []
    end = 0
    for match in re.finditer(r"\{(\w+)\}", template):
        before, after = template[: match.start()], template[match.end() :]
        held = re.search(r"(\^|_|\\[a-zA-Z]+|\\[a-z]*frac\{[^{}]*\})$", before) is not None
        left, right = _asked_on_the_left(before), _asked_on_the_right(after)
        found.append(Slot(before[end:], match[1], held, left, right))
        end = match.end()
    return (*found, Slot(template[end:], "", False, RELATION, RELATION))


def placed(template: str, words: Mapping[str, str]) -> str:
    """A formula of the op table with `{name}` replaced by what stands for it.

    What holds together less tightly than its place asks for is put in brackets.
    """
    parts: list[str] = []
    for slot in slots(template):
        parts.append(slot.before)
        if slot.name in words:
            parts.append(_fitted(words[slot.name], slot))
        elif slot.name:
            parts.append(f"{{{slot.name}}}")
    text = "".join(parts)
    if " - 1}" not in template:
        return text
    text = re.sub(r"(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\w))\^\{2 - 1\}", r"\1\2", text)
    return re.sub(r"\^\{(-?[\d.]+) - 1\}", lambda match: f"^{{{latex_number(float(match[1]) - 1)}}}", text)


def _fitted(text: str, slot: Slot) -> str:
    """What stands for an argument, in the brackets and braces that its place asks for."""
    if slot.held:
        return f"{{{text}}}"
    asked = max(slot.left, slot.right)
    if asked > RELATION:
        signed = slot.left > RELATION or slot.right == ATOM  # a sign that stands first needs no brackets
        holds = level(text if signed else text.removeprefix("-"))
        text = text if holds >= asked else bracketed(text)
    return f"{{{text}}}" if slot.right == ATOM and len(text) > 1 else text


def _asked_on_the_left(before: str) -> int:
    """How tightly an argument must hold together for what stands before it."""
    if before == "" or before.endswith(("{", "(", "[", ", ", r"\lvert ", r"\lVert ")):
        return RELATION
    if re.search(r"([<>=]|\\(le|ge|ne)|\\text\{[^{}]*\}) ?$", before):
        return SUM
    if before.endswith(("-", "- ", "+ ")):
        return FUNCTION
    return FRACTION if re.search(rf"{APPLIES} $", before) else APPLIED


def _asked_on_the_right(after: str) -> int:
    """How tightly an argument must hold together for what stands behind it."""
    if after == "" or after.startswith(("}", ")", "]", ",", r" \rvert", r" \rVert")):
        return RELATION
    if after.startswith(("^", "_")):
        return ATOM
    return SUM if re.match(r" ([-+<>=]|\\(le|ge|ne|text)\b)", after) else PRODUCT

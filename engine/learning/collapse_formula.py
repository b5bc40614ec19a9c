"""The one layer that linear layers collapse into, written with the network's own names.

    W3 = W1 @ W2,  b3 = b1 @ W2 + b2

What a gate makes of X is X @ A + c; A and c are carried through the gates as texts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from engine.graph.structure import Graph, Node
from engine.writers.numpy_text import entries_as_text

LONGEST = 400
"""A formula that would grow beyond so many characters is not written."""

SUM, PRODUCT, ATOM = 1, 2, 3
"""How tightly a text holds together."""


@dataclass(frozen=True, slots=True)
class Text:
    """A term as text, and how tightly it holds together."""

    text: str
    power: int = ATOM

    def within(self, power: int) -> str:
        """The text, in brackets unless it holds together at least as tightly."""
        return self.text if self.power >= power else f"({self.text})"


@dataclass(frozen=True, slots=True)
class Affine:
    """X @ weights + bias; `identity` stands for X itself, a bias of None for none."""

    weights: Text
    bias: Text | None
    identity: bool = False


def formula(graph: Graph, X: Node, scores: Node) -> tuple[str, ...]:
    """The statements that give the one layer of a program linear in X, as `W3 = W1 @ W2`.

    Names are numbered on from the program's own. Empty where the formula would be too long to read.
    """
    found: dict[int, Affine] = {X.index: Affine(Text("I"), None, identity=True)}
    to_scores = graph.leads_to((scores.index,))
    for node in graph.nodes:
        sources = [graph.nodes[graph.edges[edge].source] for edge in node.incoming]
        if to_scores[node.index] and any(source.index in found for source in sources):
            made = _through(graph, node, sources, found)
            if len(made.weights.text) > LONGEST or (made.bias and len(made.bias.text) > LONGEST):
                return ()
            found[node.index] = made
    layer = found[scores.index]
    weights, bias = _new_names(graph)
    first = f"{weights} = {layer.weights.text}"
    return (first, f"{bias} = {layer.bias.text}") if layer.bias else (first,)


def _through(graph: Graph, node: Node, sources: list[Node], found: Mapping[int, Affine]) -> Affine:
    """What a linear gate makes of its arguments, of which one at least comes from X."""
    parts = [found.get(source.index) for source in sources]
    if node.op == "negative":
        (only,) = parts
        assert only is not None
        return Affine(_negative(only.weights), only.bias and _negative(only.bias))
    if node.op == "index":
        (only,) = parts
        assert only is not None
        entries = node.options["entries"]
        return Affine(
            Text(f"{only.weights.within(ATOM)}[{entries_as_text(entries)}]"),
            only.bias and _picked(only.bias, entries[1:]),
        )
    if node.op in ("add", "subtract"):
        operator = "+" if node.op == "add" else "-"
        left, right = (
            part or Affine(Text(""), _own(graph, source)) for part, source in zip(parts, sources, strict=True)
        )
        weights = _joined(left.weights, right.weights, operator)
        return Affine(weights, _joined(left.bias, right.bias, operator) if left.bias or right.bias else None)
    at = 0 if parts[0] is not None else 1
    only = parts[at]
    assert only is not None
    factor = _own(graph, sources[1 - at])
    operator = {"matmul": "@", "multiply": "*", "divide": "/"}[node.op]
    if node.op == "matmul" and only.identity:
        return Affine(factor, None)
    return Affine(_times(only.weights, factor, operator), only.bias and _times(only.bias, factor, operator))


def _own(graph: Graph, node: Node) -> Text:
    """What X does not reach: a name, or the words of the program."""
    if node.name is not None:
        return Text(node.name)
    words = " ".join(graph.source[slice(*node.span)].split())
    return Text(words) if re.fullmatch(r"[\w.]+", words) or _in_brackets(words) else Text(f"({words})")


def _in_brackets(words: str) -> bool:
    """Whether one pair of brackets holds everything."""
    depths = list(accumulate((character == "(") - (character == ")") for character in words))
    return words.startswith("(") and depths.index(0) == len(words) - 1


def _negative(text: Text) -> Text:
    return Text(f"-{text.within(ATOM)}", PRODUCT)


def _times(left: Text, right: Text, operator: str) -> Text:
    # @ groups from the left as * does, so only what stands on the right needs its own brackets
    return Text(f"{left.within(PRODUCT)} {operator} {right.within(ATOM)}", PRODUCT)


def _joined(left: Text | None, right: Text | None, operator: str) -> Text:
    if left is None or not left.text:
        assert right is not None
        return right if operator == "+" else _negative(right)
    if right is None or not right.text:
        return left
    return Text(f"{left.text} {operator} {right.within(SUM if operator == '+' else PRODUCT)}", SUM)


def _picked(bias: Text, entries: tuple[int | slice, ...]) -> Text:
    return Text(f"{bias.within(ATOM)}[{entries_as_text(entries)}]") if entries else bias


def _new_names(graph: Graph) -> tuple[str, str]:
    """Names for the new layer: the number after the largest that the program's names end in."""
    numbers = [int(match[1]) for name in graph.names if (match := re.fullmatch(r"\w*?(\d{1,4})", name))]
    number = max(numbers, default=0) + 1
    return f"W{number}", f"b{number}"

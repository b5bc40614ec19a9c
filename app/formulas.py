"""LaTeX of one gate or one edge: the op's own formula with the program's names in place."""

import re
from collections.abc import Mapping

from engine.graph.structure import Edge, Graph, Node

GREEK = frozenset(
    (
        *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda"),
        *("mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
        *("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"),
    )
)
_PARTS = re.compile(r"([^\W\d_]+)_?(\d*)")


def name(text: str) -> str:
    """A program's name: `W1` has an index, `alpha` is a letter, `data_loss` is upright text."""
    match = _PARTS.fullmatch(text)
    letters, index = match.groups() if match else (text, "")
    if letters in GREEK:
        letters = f"\\{letters}"
    elif len(letters) > 1:
        letters = "\\mathrm{" + letters.replace("_", r"\_") + "}"
    return f"{letters}_{{{index}}}" if index else letters


def number(value: float) -> str:
    """A number as it is written: 0.001, 1.5 times a power of ten."""
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def of_node(graph: Graph, node: Node) -> str | None:
    """What a gate computes; None for inputs and constants."""
    return _fill(node.record.latex, _words(graph, node)) if node.is_gate else None


def of_edge(graph: Graph, edge: Edge) -> str | None:
    """The local gradient on an edge; None where no gradient passes."""
    node = graph.nodes[edge.target]
    derivative = node.record.derivative(edge.argument)
    if derivative is None or not edge.differentiable:
        return None
    return _fill(derivative.latex, _words(graph, node))


def _words(graph: Graph, node: Node) -> dict[str, str]:
    """What stands for each argument, for the output and for upstream: a name, a number, the op's word."""
    words = {"out": name(node.name or "out"), "upstream": r"\mathrm{upstream}"}
    arguments = node.record.names(len(node.incoming))
    for argument, index in zip(arguments, node.incoming, strict=True):
        source = graph.nodes[graph.edges[index].source]
        words[argument] = name(source.name or argument)
        if source.name is None and source.value is not None and source.value.ndim == 0:
            words[argument] = number(float(source.value))
    return words


def _fill(template: str, words: Mapping[str, str]) -> str:
    """Replace `{a}` by `{its word}`; the braces stay, they hold exponents and indices together."""
    return re.sub(r"\{(\w+)\}", lambda match: "{" + words.get(match[1], match[1]) + "}", template)

"""The op table's NumPy texts, made ready for a program that a lecturer would write.

The texts serve every shape and precision; a written program has one of each, so what does not
matter there is left out: default options, the care for single precision, sizes that are known.
"""

import re
from collections.abc import Mapping

import numpy as np

from engine.graph.structure import Edge, Node
from engine.ops import OPS, Elementwise, chosen
from engine.ops.filling import mentioned
from engine.ops.op import Options, Shape
from engine.writers.outline import Outline
from engine.writers.scalars import constant_text
from engine.writers.values import short


def fitted(text: str, options: Options, sizes: tuple[int, int] | None, scalar: bool = False) -> str:
    """A text before names are put in: what is known beforehand replaced by what it comes to.

    `sizes` are the numbers of elements of `x` and of the output; `scalar` says that `x` is one number.
    """
    text = text.replace(".astype(out.dtype)", "")
    if "axis" in options and options["axis"] is None:
        whole = "upstream" if scalar else "np.full_like(x, upstream)"
        text = text.replace("spread(upstream, x, axis, keepdims)", whole)
    if sizes is not None:
        before, after = sizes
        text = text.replace("2 * out.size / x.size", f"{2 * after} / {before}")
        text = text.replace("out.size / x.size", f"{after} / {before}")
    for name in options.keys() & {"slope", "alpha"}:
        text = text.replace(f"min(1, max(0, {name}))", repr(min(1.0, max(0.0, options[name]))))
    return text


def tidied(text: str) -> str:
    """A text after names were put in: default options, lone commas and needless brackets left out."""
    # a softmax works along the last axis unless told otherwise, all else over every element
    text = re.sub(r"(softmax\([\w.]+)?, axis=None", lambda match: match[0] if match[1] else "", text)
    text = text.replace(", keepdims=False", "")
    text = re.sub(r"\(([-\w.()]+), \)", r"(\1,)", text).replace(", )", ")")
    text = re.sub(r"\(\(?(-?\d+(?:\.\d+)?)\)? - 1\)", lambda match: _decreased(float(match[1])), text)
    text = re.sub(r"(?<![\w.])([\w.]+) \*\* (?:\((-[\w.]+)\)|([\w.]+)(?![\w.(]))", r"\1**\2\3", text)
    return re.sub(r"(^|[(,=] ?)\((-[\d.]+(?:e[+-]?\d+)?)\)(?! \*\*|\.)", r"\1\2", text)


def _decreased(exponent: float) -> str:
    value = exponent - 1
    text = str(int(value)) if value.is_integer() else repr(value)
    return f"({text})" if value < 0 else text


def options_as_text(options: Options) -> dict[str, str]:
    """Each option as Python writes it; an index as `np.s_[0, 1:]`."""
    return {
        name: f"np.s_[{entries_as_text(value)}]" if name == "entries" else repr(value)
        for name, value in options.items()
    }


def entries_as_text(entries: tuple[int | slice, ...]) -> str:
    """What stands between the brackets of an index."""
    return chosen(OPS["index"].numpy, (), {"entries": entries})[2:-1]


def multiplied(upstream: str, local: str) -> str:
    """upstream * local, without multiplying by 1."""
    if local in ("1", "-1"):
        return upstream if local == "1" else f"-{upstream}"
    return f"{upstream} * {local if _stands_alone(local) else f'({local})'}"


def _stands_alone(text: str) -> bool:
    """Whether a text is one name, one number or one call, so that it needs no brackets."""
    if re.fullmatch(r"[\w.]+", text):
        return True
    depth = 0
    for position, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if depth == 0 and not re.match(r"[\w.]", character) and position < len(text) - 1:
            return False
    return re.match(r"[\w.]+\(", text) is not None


def unbroadcast_text(product: str, made: Shape, wanted: Shape) -> str:
    """Undo broadcasting: sum over the axes along which the argument was stretched."""
    if made == wanted:
        return product
    if wanted == ():
        return f"np.sum({product})"
    extra = len(made) - len(wanted)
    stretched = tuple(axis for axis, size in enumerate(wanted) if size != made[axis + extra])
    if not stretched:
        return f"np.sum({product}, axis={0 if extra == 1 else tuple(range(extra))})"
    if not extra:
        return f"np.sum({product}, axis={stretched[0] if len(stretched) == 1 else stretched}, keepdims=True)"
    return f"unbroadcast({product}, {wanted})"


def argument_words(
    outline: Outline, node: Node, names: Mapping[int, str], plain: bool, text: str
) -> dict[str, str]:
    """What stands for each argument of a gate that a text of its op mentions: a name, or a constant's digits.

    Digits are short in arithmetic with something that is computed.
    """
    op = node.record
    sources = outline.sources(node)
    lone = all(source.index in outline.numbers for source in sources)
    words: dict[str, str] = {}
    asked = mentioned(text)
    for argument, source in zip(op.names(len(sources)), sources, strict=True):
        if argument not in asked:
            continue
        if source.index not in outline.numbers:
            words[argument] = names[source.index]
            continue
        value = outline.numbers[source.index]
        digits = constant_text(outline, node, argument, value, plain)
        if op.operator is not None and not lone and not digits.startswith("np."):
            digits = short(value)
        words[argument] = f"({digits})" if digits.startswith("-") else digits
    return words


def local_text(outline: Outline, node: Node, edge: Edge) -> tuple[str, bool]:
    """The text of a local gradient, and whether it is one factor for each element."""
    op, sources = node.record, outline.sources(node)
    derivative = op.derivative(edge.argument)
    assert derivative is not None
    sizes = (int(np.prod(sources[0].shape)), int(np.prod(node.shape)))
    text = chosen(derivative.numpy, outline.operands(node), node.options)
    return fitted(text, node.options, sizes, edge.shape == ()), isinstance(derivative, Elementwise)

"""A class for each op a program uses, with what is saved on the way forward for the way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.graph.structure import Edge, Node
from engine.ops import Elementwise, Op, Operand, chosen
from engine.ops.arithmetic import COMPARISONS
from engine.ops.filling import filled, mentioned, mentions
from engine.writers.numpy_text import fitted, multiplied, options_as_text, tidied
from engine.writers.outline import Outline


@dataclass(frozen=True, slots=True)
class GateClass:
    """One class: its op, its gates' common texts, and in which options its gates differ.

    `locals` has a text for each argument, None where no gate of the class hands a gradient on;
    `broadcast` says for each argument whether it is stretched in some gate. A class makes noise if
    it differentiates, for one gate's sake, where another gate's numbers would draw a warning.
    """

    name: str
    op: Op
    count: int
    forward: str
    locals: tuple[str | None, ...]
    broadcast: tuple[bool, ...]
    options: dict[str, str]
    varying: tuple[str, ...]
    makes_noise: bool

    def written(self) -> str:
        """The source of the class."""
        arguments = self.op.names(self.count)
        backward, kept = self._backward(arguments)
        lines = [f"class {self.name}:", f'    """{self.op.doc}"""', ""]
        if self.varying:
            lines += [
                f"    def __init__(self, {', '.join(self.varying)}):",
                f"        {_assigned(self.varying, self.varying)}",
                "",
            ]
        lines += [f"    def forward(self, {', '.join(arguments)}):", *self._forward(kept), ""]
        lines += ["    def backward(self, upstream):", *backward]
        return "\n".join(lines)

    def _forward(self, kept: list[str]) -> list[str]:
        saved = [name for name in kept if name not in ("out", "saved")]
        lines: list[str] = []
        if saved:
            lines.append(f"        {_assigned(saved, saved)}  # saved for the way back")
        if self.op.saved is not None:
            lines.append(f"        self.saved = {self._filled(self.op.saved, ())}")
        text = self._filled(self.forward, ("saved",))
        if "out" not in kept:
            return [*lines, f"        return {text}"]
        return [*lines, f"        self.out = {text}", "        return self.out"]

    def _backward(self, arguments: Sequence[str]) -> tuple[list[str], list[str]]:
        """The lines of the method, and which values they need from the way forward."""
        lines: list[str] = []
        answers: list[str] = []
        needed: set[str] = set()
        own = (*arguments, "out", "saved")
        for position, (argument, text) in enumerate(zip(arguments, self.locals, strict=True)):
            if text is None:
                answers.append("None")
                continue
            if isinstance(self.op.derivative(position), Elementwise):
                text = multiplied("upstream", text)
            if self.broadcast[position]:
                text = f"unbroadcast({text}, np.shape({argument}))"
            needed |= mentioned(text)
            lines.append(f"        grad_{argument} = {self._filled(text, own)}")
            answers.append(f"grad_{argument}")
        comma = "," if len(answers) == 1 else ""
        answer = f"        return ({answers[0]},)" if comma else f"        return {', '.join(answers)}"
        return [*lines, answer], [name for name in own if name in needed]

    def _filled(self, text: str, own: Sequence[str]) -> str:
        words = {name: f"self.{name}" for name in (*own, *self.varying)}
        words |= {name: value for name, value in self.options.items() if name not in self.varying}
        return tidied(filled(text, words)) if words else tidied(text)


def gate_classes(program: Outline) -> tuple[list[GateClass], dict[int, GateClass]]:
    """The classes a program needs, in the order of their first gates, and the class of each gate.

    Gates of one op share a class unless the op table has different texts for them.
    """
    groups: dict[tuple[object, ...], list[Node]] = {}
    for node in program.gates:
        groups.setdefault((node.op, len(node.incoming), *_texts(program, node, False)), []).append(node)
    classes: list[GateClass] = []
    kind_of: dict[int, GateClass] = {}
    used: dict[str, int] = {}
    for nodes in groups.values():
        name = "".join(part.capitalize() for part in nodes[0].op.split("_"))
        used[name] = used.get(name, 0) + 1
        kind = _class_of(program, nodes, name if used[name] == 1 else f"{name}{used[name]}")
        classes.append(kind)
        kind_of |= {node.index: kind for node in nodes}
    return classes, kind_of


def _texts(program: Outline, node: Node, constants: bool) -> tuple[str, ...]:
    """A gate's texts, forward first; with `constants`, those that suit its constant arguments."""
    op = node.record
    operands = program.operands(node)
    if not constants:
        operands = tuple([Operand(operand.shape) for operand in operands])
    forward = "x[entries]" if node.op == "index" else chosen(op.numpy, operands, node.options)
    derivatives = [op.derivative(position) for position in range(len(operands))]
    return forward, *("" if d is None else chosen(d.numpy, operands, node.options) for d in derivatives)


def _class_of(program: Outline, nodes: list[Node], name: str) -> GateClass:
    first = nodes[0]
    op, count = first.record, len(first.incoming)
    suited = {_texts(program, node, True) for node in nodes}
    texts = suited.pop() if len(suited) == 1 else _texts(program, first, False)
    options = options_as_text(first.options)
    varying = [
        key for key in options if any(options_as_text(node.options)[key] != options[key] for node in nodes)
    ]
    edges = [[program.graph.edges[index] for index in node.incoming] for node in nodes]
    passes = [any(_passes(program, gate[position]) for gate in edges) for position in range(count)]
    stretched = [
        any(gate[position].shape != node.shape for gate, node in zip(edges, nodes, strict=True))
        for position in range(count)
    ]
    known = {key: value for key, value in first.options.items() if key not in varying}
    forward = texts[0] if first.op != "index" or varying else chosen(op.numpy, (), first.options)
    forward = "x" if first.op == "copy" else forward
    used = [key for key in varying if any(mentions(text, key) for text in (*texts, op.saved or ""))]
    return GateClass(
        name,
        op,
        count,
        f"1.0 * ({forward})" if first.op in COMPARISONS else fitted(forward, known, None),
        tuple([fitted(text, known, None) if passes[at] else None for at, text in enumerate(texts[1:])]),
        tuple([stretched[at] and isinstance(op.derivative(at), Elementwise) for at in range(count)]),
        options,
        tuple(used),
        first.op == "power"
        and any(passes[at] and not _passes(program, gate[at]) for gate in edges for at in range(count)),
    )


def _passes(program: Outline, edge: Edge) -> bool:
    return edge.differentiable and program.receives[edge.target]


def _assigned(targets: Sequence[str], values: Sequence[str]) -> str:
    return f"{', '.join(f'self.{name}' for name in targets)} = {', '.join(values)}"

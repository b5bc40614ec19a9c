"""The op table's PyTorch texts, and what to write where PyTorch takes less than NumPy does.

PyTorch has no product or softmax over several axes and no index with a negative step, and it clips
only by bounds that are no larger than the tensor.
"""

from collections.abc import Sequence

from engine.graph.structure import Node
from engine.ops import Operand, chosen
from engine.ops.filling import filled
from engine.ops.op import Options, Shape

BROADCAST_CLIP = "torch.minimum(torch.maximum(x, low), high)"
HINGE_LOSS = '''
def hinge_loss(scores, y, margin):
    """max(0, s_j - s_y + margin) summed over wrong classes, where PyTorch's own takes their mean."""
    rows, labels = scores.reshape(-1, scores.shape[-1]), y.long().reshape(-1)
    return rows.shape[-1] * F.multi_margin_loss(rows, labels, margin=margin)
'''.strip()


def torch_text(node: Node, operands: Sequence[Operand]) -> str:
    """The PyTorch text of a gate, its options in place, its arguments by the names of the op table."""
    shape, options = operands[0].shape, node.options
    special = (
        BROADCAST_CLIP if node.op == "clip" and shape != node.shape else _special(node.op, shape, options)
    )
    if special is not None:
        return special
    text = chosen(node.record.torch, tuple(operands), options)
    axis = options.get("axis")
    if node.op == "logsumexp":
        text = "torch.logsumexp(x, dim=axis, keepdim=keepdims)"
        axis = tuple(range(len(shape))) if axis is None else axis
    words = {name: repr(value) for name, value in options.items()} | {"axis": repr(axis)}
    listed = ", ".join(node.record.names(len(operands)))
    words |= {"xs": f"({listed}{',' * (len(operands) == 1)})"}
    text = filled(text, words).replace("torch.nn.functional.", "F.")
    return text.replace(", dim=None, keepdim=False", "").replace(", keepdim=False", "")


def _special(op: str, shape: Shape, options: Options) -> str | None:
    """The text where the table's would not run, or not read well."""
    if op == "transpose":
        axes = ", ".join(map(str, range(len(shape))[::-1]))
        return "x.clone()" if len(shape) < 2 else "x.T" if len(shape) == 2 else f"x.permute({axes})"
    if op == "reshape":
        wanted = options["shape"]
        return f"torch.reshape(x, {wanted if isinstance(wanted, tuple) else (wanted,)})"
    if op in ("softmax", "log_softmax") and not isinstance(options["axis"], int):
        total = f"x - torch.logsumexp(x, dim={_axes(shape, options)}, keepdim=True)"
        return f"torch.exp({total})" if op == "softmax" else f"({total})"
    if op == "prod":
        return _product(shape, options)
    return _flipped(shape, options["entries"]) if op == "index" else None


def _axes(shape: Shape, options: Options) -> tuple[int, ...]:
    """The axes an op works along, counted from 0."""
    axis: int | tuple[int, ...] | None = options["axis"]
    if axis is None:
        return tuple(range(len(shape)))
    given = axis if isinstance(axis, tuple) else (axis,)
    return tuple(sorted(one % len(shape) for one in given))


def _product(shape: Shape, options: Options) -> str:
    """One axis after the other, the last one first."""
    if not shape or (options["axis"] is None and not options["keepdims"]):
        return "torch.prod(x)"
    text = "x"
    for axis in reversed(_axes(shape, options)):
        text = f"torch.prod({text}, dim={axis}{', keepdim=True' * bool(options['keepdims'])})"
    return text


def _flipped(shape: Shape, entries: tuple[int | slice, ...]) -> str | None:
    """An index with negative steps: the tensor turned round along those axes, then positive steps."""
    turned: list[int] = []
    written: list[str] = []
    for axis, entry in enumerate(entries):
        if isinstance(entry, int):
            written.append(str(entry))
            continue
        start, stop, step = entry.indices(shape[axis])
        if step < 0:
            turned.append(axis)
            count = len(range(start, stop, step))
            start, step = shape[axis] - 1 - start, -step
            stop = start + (count - 1) * step + 1
        written.append(f"{start}:{stop}" + (f":{step}" if step != 1 else ""))
    return f"torch.flip(x, {tuple(turned)})[{', '.join(written)}]" if turned else None

"""Matrix products, and ops that only move elements: transpose, reshape, join, pick."""

from engine.ops.op import Elementwise, Op, Operand, Options, Product
from engine.ops.shapes import (
    concatenated,
    matrix_product,
    matrix_product_cost,
    outer_product,
    per_element,
    picked,
    reshaped,
    same,
    stacked,
    transposed,
)


def _left(operands: tuple[Operand, ...], options: Options) -> str:
    ranks = tuple(len(operand.shape) for operand in operands)
    if ranks == (1, 1):
        return "upstream * b"
    if max(ranks) > 2:
        if ranks[1] == 1:
            return "upstream[..., None] * b"
        if ranks[0] == 1:
            return "summed_product(upstream[..., None, :], np.swapaxes(b, -1, -2), a.shape)"
        return "summed_product(upstream, np.swapaxes(b, -1, -2), a.shape)"
    return "np.outer(upstream, b)" if ranks[1] == 1 else "upstream @ b.T"


def _right(operands: tuple[Operand, ...], options: Options) -> str:
    ranks = tuple(len(operand.shape) for operand in operands)
    if ranks == (1, 1):
        return "upstream * a"
    if max(ranks) > 2:
        if ranks[0] == 1:
            return "a[:, None] * upstream[..., None, :]"
        if ranks[1] == 1:
            return "np.reshape(a, (-1, a.shape[-1])).T @ np.ravel(upstream)"
        if ranks[1] == 2:
            return "np.reshape(a, (-1, a.shape[-1])).T @ np.reshape(upstream, (-1, upstream.shape[-1]))"
        return "summed_product(np.swapaxes(a, -1, -2), upstream, b.shape)"
    return "np.outer(a, upstream)" if ranks[0] == 1 else "a.T @ upstream"


MATMUL = Op(
    name="matmul",
    symbol="@",
    arguments=("a", "b"),
    operator="@",
    doc="Matrix product. Each factor receives the upstream gradient times the other, transposed.",
    source="lecture: dX = dY @ W.T, dW = X.T @ dY",
    numpy="a @ b",
    torch="a @ b",
    latex=r"{a} \, {b}",
    derivatives=(
        Product(_left, r"{upstream} \, {b}^\top"),
        Product(_right, r"{a}^\top \, {upstream}"),
    ),
    shape=matrix_product,
    cost=matrix_product_cost,
    pattern="mix",
)

OUTER = Op(
    name="outer",
    symbol="⊗",
    arguments=("a", "b"),
    doc="Every element of one vector times every element of the other.",
    source="numpy.outer",
    numpy="np.outer(a, b)",
    torch="torch.outer(a, b)",
    latex=r"{a} \otimes {b}",
    derivatives=(
        Product("upstream @ b", r"{upstream} \, {b}"),
        Product("a @ upstream", r"{upstream}^\top {a}"),
    ),
    shape=outer_product,
    cost=per_element(),
    pattern="mix",
)


def _turned_back(operands: tuple[Operand, ...], options: Options) -> str:
    return "upstream.T" if operands[0].shape else "upstream"


TRANSPOSE = Op(
    name="transpose",
    symbol="T",
    arguments=("x",),
    doc="The tensor with its axes in reverse order: rows become columns.",
    source="numpy.transpose",
    numpy="x.T",
    torch="x.permute(*range(x.dim())[::-1])",
    latex=r"{x}^\top",
    derivatives=(Product(_turned_back, r"{upstream}^\top"),),
    shape=transposed,
    cost=per_element(0),
    pattern="distributor",
)

RESHAPE = Op(
    name="reshape",
    symbol="reshape",
    arguments=("x",),
    options={"shape": ...},
    doc="The same elements in another shape, row after row; one size may be -1.",
    source="numpy.reshape",
    numpy="np.reshape(x, shape)",
    torch="torch.reshape(x, shape)",
    latex=r"\mathrm{reshape}({x})",
    derivatives=(Product("np.reshape(upstream, x.shape)", r"\mathrm{reshape}({upstream})"),),
    shape=reshaped,
    cost=per_element(0),
    pattern="distributor",
)


def _listed(operands: tuple[Operand, ...]) -> str:
    return "".join(f"x{position}, " for position in range(len(operands)))


def _part_of(position: int) -> Product:
    """The slice of upstream that came from the argument at that position."""

    def text(operands: tuple[Operand, ...], options: Options) -> str:
        axis: int = options["axis"] % len(operands[0].shape)
        start = sum(int(operand.shape[axis]) for operand in operands[:position])
        stop = start + operands[position].shape[axis]
        return f"upstream[{':, ' * axis}{start}:{stop}]"

    return Product(text, r"\text{its part of } {upstream}")


def _layer_of(position: int) -> Product:
    """The layer of upstream that came from the argument at that position."""

    def text(operands: tuple[Operand, ...], options: Options) -> str:
        return f"np.take(upstream, {position}, axis={options['axis']})"

    return Product(text, r"\text{its layer of } {upstream}")


CONCATENATE = Op(
    name="concatenate",
    symbol="concat",
    arguments=("x0", "x1"),
    options={"axis": 0},
    doc="Tensors joined end to end along an axis.",
    source="numpy.concatenate",
    numpy=lambda operands, options: f"np.concatenate(({_listed(operands)}), axis=axis)",
    torch="torch.cat(xs, dim=axis)",
    latex=r"\mathrm{concatenate}({x0}, {x1})",
    derivatives=(),
    derivative_at=_part_of,
    shape=concatenated,
    cost=per_element(0),
    pattern="distributor",
)

STACK = Op(
    name="stack",
    symbol="stack",
    arguments=("x0", "x1"),
    options={"axis": 0},
    doc="Tensors of one shape laid side by side along a new axis.",
    source="numpy.stack",
    numpy=lambda operands, options: f"np.stack(({_listed(operands)}), axis=axis)",
    torch="torch.stack(xs, dim=axis)",
    latex=r"\mathrm{stack}({x0}, {x1})",
    derivatives=(),
    derivative_at=_layer_of,
    shape=stacked,
    cost=per_element(0),
    pattern="distributor",
)


def _written_index(operands: tuple[Operand, ...], options: Options) -> str:
    def bound(value: int | None) -> str:
        return "" if value is None else str(value)

    def entry(item: int | slice) -> str:
        if isinstance(item, int):
            return str(item)
        step = "" if item.step is None else f":{item.step}"
        return f"{bound(item.start)}:{bound(item.stop)}{step}"

    return f"x[{', '.join(map(entry, options['entries']))}]"


INDEX = Op(
    name="index",
    symbol="[ ]",
    arguments=("x",),
    options={"entries": ...},
    reserved=False,
    doc="Elements picked by position, counting from 0. Only those picked receive a gradient.",
    source="NumPy's basic indexing",
    numpy=_written_index,
    torch=_written_index,
    latex=r"{x}_{[\cdot]}",
    derivatives=(
        Product("scatter(upstream, x, entries)", r"{upstream} \text{ where it was picked, else } 0"),
    ),
    shape=picked,
    cost=per_element(0),
    pattern="router",
)

COPY = Op(
    name="copy",
    symbol="copy",
    arguments=("x",),
    reserved=False,
    doc="The same value on every outgoing wire; the gradients that come back over them add up.",
    source="lecture: patterns in gradient flow, copy gate",
    numpy="x.copy()",
    torch="x.clone()",
    latex="{x}",
    derivatives=(Elementwise("1", "1"),),
    shape=same,
    cost=per_element(0),
    pattern="adder",
)

TABLE = (COPY, MATMUL, OUTER, TRANSPOSE, RESHAPE, CONCATENATE, STACK, INDEX)

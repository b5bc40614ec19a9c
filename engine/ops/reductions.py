"""Reductions: many elements to one, over all of them or along an axis."""

from engine.ops.op import Op, Product, When
from engine.ops.shapes import per_element, reduced, same_along_axis

KEEP = "axis=axis, keepdims=keepdims"


def _reduction(
    name: str,
    symbol: str,
    doc: str,
    slope: str,
    slope_latex: str,
    *,
    latex: str,
    numpy: str | None = None,
    torch: str | None = None,
    source: str | None = None,
    pattern: str | None = None,
    kinks: tuple[When, ...] = (),
    cost: int = 2,
) -> Op:
    return Op(
        name=name,
        symbol=symbol,
        arguments=("x",),
        doc=doc,
        source=source or f"numpy.{name}",
        numpy=numpy or f"np.{name}(x, {KEEP})",
        torch=torch or f"torch.{name}(x, dim=axis, keepdim=keepdims)",
        latex=latex,
        derivatives=(Product(slope, slope_latex),),
        shape=reduced,
        cost=per_element(cost),
        options={"axis": None, "keepdims": False},
        pattern=pattern,
        kinks=kinks,
    )


SPREAD = "spread(upstream, x, axis, keepdims)"
OUT = "restored(out, x, axis, keepdims)"
CENTRED = "(x - np.mean(x, axis=axis, keepdims=True))"


def _tie(name: str) -> tuple[When, ...]:
    extreme = f"np.{name}(x, axis=axis, keepdims=True)"
    return (
        When(
            f"np.sum(x == {extreme}, axis=axis) > 1",
            f"{name} has no derivative at a tie; those tied share evenly",
        ),
    )


TABLE = (
    _reduction(
        "sum",
        "Σ",
        "Sum over all elements or along an axis. Every element receives the upstream gradient.",
        SPREAD,
        r"{upstream} \text{ to every element}",
        latex=r"\sum {x}",
        source="an add gate with many arguments",
        pattern="distributor",
        cost=1,
    ),
    _reduction(
        "mean",
        "mean",
        "Mean over all elements or along an axis. Every element receives its share of the upstream gradient.",
        f"{SPREAD} * (out.size / x.size)",
        r"\tfrac{1}{n} {upstream} \text{ to every element}",
        latex=r"\mathrm{mean}({x})",
        pattern="scale",
    ),
    _reduction(
        "prod",
        "Π",
        "Product of all elements or along an axis.",
        f"{SPREAD} * product_of_others(x, axis)",
        r"{upstream} \cdot \prod_{j \ne i} {x}_j",
        latex=r"\prod {x}",
        torch="torch.prod(x) if axis is None else torch.prod(x, dim=axis, keepdim=keepdims)",
        pattern="swap",
    ),
    _reduction(
        "max",
        "max",
        "Largest element, of all or along an axis. It alone receives the gradient; ties share evenly.",
        f"{SPREAD} * share_of_winner(x, out, axis, keepdims)",
        r"{upstream} \cdot [{x} = \max]",
        latex=r"\max {x}",
        torch="torch.amax(x, dim=axis, keepdim=keepdims)",
        source="lecture: max gate",
        pattern="router",
        kinks=_tie("max"),
    ),
    _reduction(
        "min",
        "min",
        "Smallest element, of all or along an axis. It alone receives the gradient; ties share evenly.",
        f"{SPREAD} * share_of_winner(x, out, axis, keepdims)",
        r"{upstream} \cdot [{x} = \min]",
        latex=r"\min {x}",
        torch="torch.amin(x, dim=axis, keepdim=keepdims)",
        source="lecture: max gate",
        pattern="router",
        kinks=_tie("min"),
    ),
    _reduction(
        "var",
        "var",
        "Variance, dividing by n: the mean squared distance from the mean.",
        f"{SPREAD} * {CENTRED} * (2 * out.size / x.size)",
        r"{upstream} \cdot \tfrac{2}{n} ({x} - \bar{x})",
        latex=r"\mathrm{var}({x})",
        torch="torch.var(x, dim=axis, keepdim=keepdims, correction=0)",
        cost=5,
    ),
    _reduction(
        "std",
        "std",
        "Standard deviation, dividing by n: the square root of the variance.",
        f"{SPREAD} * direction({CENTRED}, {OUT}) * (out.size / x.size)",
        r"{upstream} \cdot \tfrac{1}{n} ({x} - \bar{x}) / {out}",
        latex=r"\mathrm{std}({x})",
        torch="torch.std(x, dim=axis, keepdim=keepdims, correction=0)",
        cost=6,
        kinks=(
            When(
                "np.std(x, axis=axis) == 0",
                "std has no derivative where all elements are equal; the minimum-norm subgradient 0 is taken",
            ),
        ),
    ),
    _reduction(
        "norm",
        "‖·‖",
        "Euclidean length: the square root of the sum of squares.",
        f"{SPREAD} * direction(x, {OUT})",
        r"{upstream} \cdot {x} / {out}",
        latex=r"\lVert {x} \rVert",
        numpy=f"np.sqrt(np.sum(x * x, {KEEP}))",
        torch="torch.linalg.vector_norm(x, dim=axis, keepdim=keepdims)",
        source="numpy.linalg.norm",
        cost=3,
        kinks=(
            When(
                "np.sum(x * x, axis=axis) == 0",
                "norm has no derivative at 0; the minimum-norm subgradient 0 is taken",
            ),
        ),
    ),
    _reduction(
        "logsumexp",
        "LSE",
        "Logarithm of the sum of exponentials: a smooth maximum. Its gradient is the softmax.",
        f"{SPREAD} * softmax(x, axis)",
        r"{upstream} \cdot \mathrm{softmax}({x})",
        latex=r"\ln \sum e^{x}",
        numpy=f"logsumexp(x, {KEEP})",
        torch="torch.logsumexp(x, dim=tuple(range(x.dim())) if axis is None else axis, keepdim=keepdims)",
        source="CS231n notes, softmax: practical issues",
        cost=40,
    ),
    Op(
        name="softmax",
        symbol="softmax",
        arguments=("x",),
        doc="Scores to probabilities: e^x divided by the sum of e^x along an axis.",
        source="lecture: softmax turns scores into probabilities",
        numpy="softmax(x, axis=axis)",
        torch="torch.softmax(x, dim=axis)",
        latex=r"\mathrm{softmax}({x})",
        derivatives=(
            Product(
                "out * (upstream - np.sum(upstream * out, axis=axis, keepdims=True))",
                r"{out} \cdot ({upstream} - \textstyle\sum {upstream} \cdot {out})",
            ),
        ),
        shape=same_along_axis,
        cost=per_element(40),
        options={"axis": -1},
        pattern="saturating",
    ),
    Op(
        name="log_softmax",
        symbol="log softmax",
        arguments=("x",),
        doc="Logarithm of the softmax, computed without overflow.",
        source="CS231n notes, softmax: practical issues",
        numpy="log_softmax(x, axis=axis)",
        torch="torch.log_softmax(x, dim=axis)",
        latex=r"\ln \mathrm{softmax}({x})",
        derivatives=(
            Product(
                "upstream - np.exp(out) * np.sum(upstream, axis=axis, keepdims=True)",
                r"{upstream} - e^{out} \cdot \textstyle\sum {upstream}",
            ),
        ),
        shape=same_along_axis,
        cost=per_element(40),
        options={"axis": -1},
    ),
)

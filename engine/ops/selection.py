"""Choosing between values: the larger, the smaller, by a condition, within bounds."""

from engine.ops.op import Elementwise, Op, When
from engine.ops.shapes import broadcast, per_element


def _extreme(name: str, symbol: str, word: str, sign: str) -> Op:
    return Op(
        name=name,
        symbol=symbol,
        arguments=("a", "b"),
        doc=f"The {word} of two values. It alone receives the gradient; a tie is shared.",
        source="lecture: patterns in gradient flow, max gate",
        numpy=f"np.{name}(a, b)",
        torch=f"torch.{name}(a, b)",
        latex=rf"\{symbol}({{a}}, {{b}})",
        derivatives=(
            Elementwise(f"np.where(a == b, 0.5, a {sign} b).astype(out.dtype)", f"[{{a}} {sign} {{b}}]"),
            Elementwise(f"np.where(a == b, 0.5, b {sign} a).astype(out.dtype)", f"[{{b}} {sign} {{a}}]"),
        ),
        shape=broadcast,
        cost=per_element(),
        pattern="router",
        kinks=(When("a == b", f"{name} has no derivative at a tie; each argument takes half"),),
    )


WHERE = Op(
    name="where",
    symbol="where",
    arguments=("condition", "a", "b"),
    doc="The second value where the condition holds, else the third. The one chosen receives the gradient.",
    source="numpy.where",
    numpy="np.where(condition, a, b)",
    torch="torch.where(condition != 0, a, b)",
    latex=r"{a} \text{ if } {condition} \text{ else } {b}",
    derivatives=(
        None,
        Elementwise("condition != 0", r"[{condition}]"),
        Elementwise("condition == 0", r"[\text{not } {condition}]"),
    ),
    shape=broadcast,
    cost=per_element(),
    pattern="router",
)

CLIP = Op(
    name="clip",
    symbol="clip",
    arguments=("x", "low", "high"),
    doc="The value, kept between two bounds. Outside them the gradient goes to the bound that holds.",
    source="numpy.clip",
    numpy="np.clip(x, low, high)",
    torch="torch.clip(x, low, high)",
    latex=r"\mathrm{clip}({x}, {low}, {high})",
    derivatives=(
        Elementwise("(low < x) & (x < high)", r"[{low} < {x} < {high}]"),
        Elementwise("(x < low) & (low <= high)", r"[{x} < {low}]"),
        Elementwise("(x > high) | (low > high)", r"[{x} > {high}]"),
    ),
    shape=broadcast,
    cost=per_element(2),
    pattern="router",
    kinks=(
        When(
            "(x == low) | (x == high)",
            "clip has no derivative at a bound; the minimum-norm subgradient 0 is taken",
        ),
    ),
)

TABLE = (_extreme("maximum", "max", "larger", ">"), _extreme("minimum", "min", "smaller", "<"), WHERE, CLIP)

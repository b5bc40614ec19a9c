"""An optimizer's rule written out: one line for each quantity it makes, for reading with numbers in place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

Numbers = Mapping[str, float]
"""What is known of one element of a parameter, by the names that lines use."""


@dataclass(frozen=True, slots=True)
class Line:
    """`name` is what the line makes, `latex` how: other quantities stand in it by name, in braces.

    `value` computes a quantity that the rule itself keeps nowhere; None for one that is kept.
    """

    name: str
    latex: str
    value: Callable[[Numbers], float] | None = None


SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "learning_rate": r"\eta",
        "momentum": r"\mu",
        "beta1": r"\beta_1",
        "beta2": r"\beta_2",
        "alpha": r"\alpha",
        "epsilon": r"\epsilon",
        "weight_decay": r"\lambda",
        "limit": "c",
        "norm": r"\lVert\nabla L\rVert",
        "updates": "t",
        "before": r"w_{t-1}",
        "raw": r"\frac{\partial L}{\partial w}",
        "clipped": r"\tilde g_t",
        "gradient": "g_t",
        "shrunk": r"\tilde w",
        "step": r"\Delta_t",
        "after": "w_t",
        "velocity_before": "v_{t-1}",
        "velocity": "v_t",
        "square_before": "v_{t-1}",
        "square": "v_t",
        "square_sum_before": "s_{t-1}",
        "square_sum": "s_t",
        "first_moment_before": "m_{t-1}",
        "first_moment": "m_t",
        "second_moment_before": "v_{t-1}",
        "second_moment": "v_t",
        "first_unbiased": r"\hat m_t",
        "second_unbiased": r"\hat v_t",
    }
)
"""How each quantity is written; t counts updates from 1, and what is marked t - 1 is from before this one."""

RAW = "{raw}"
CLIPPED = "{clipped}"
CLIP_LINES: Mapping[str, str] = MappingProxyType(
    {
        "norm": r"{raw} \cdot \min\left(1, \frac{{limit}}{{norm} + 10^{-6}}\right)",
        "value": r"\max(-{limit}, \min({limit}, {raw}))",
    }
)

DECAYED = r" + {weight_decay} \cdot {before}"
SHRUNK = Line("shrunk", r"{before} - {learning_rate} \cdot {weight_decay} \cdot {before}")
AFTER = r"{before} + {step}"
AFTER_SHRINKING = r"{shrunk} + {step}"

_VELOCITY = Line("velocity", r"{momentum} \cdot {velocity_before} + {gradient}")

SGD = (Line("step", r"-{learning_rate} \cdot {gradient}"),)
MOMENTUM = (_VELOCITY, Line("step", r"-{learning_rate} \cdot {velocity}"))
NESTEROV = (
    _VELOCITY,
    Line("step", r"-{learning_rate} \cdot \left({gradient} + {momentum} \cdot {velocity}\right)"),
)
RMSPROP = (
    Line("square", r"{alpha} \cdot {square_before} + (1 - {alpha}) \cdot {gradient}^2"),
    Line("step", r"-{learning_rate} \cdot \frac{{gradient}}{\sqrt{{square}} + {epsilon}}"),
)
ADAGRAD = (
    Line("square_sum", r"{square_sum_before} + {gradient}^2"),
    Line("step", r"-{learning_rate} \cdot \frac{{gradient}}{\sqrt{{square_sum}} + {epsilon}}"),
)
ADAM = (
    Line("first_moment", r"{beta1} \cdot {first_moment_before} + (1 - {beta1}) \cdot {gradient}"),
    Line("second_moment", r"{beta2} \cdot {second_moment_before} + (1 - {beta2}) \cdot {gradient}^2"),
    Line(
        "first_unbiased",
        r"\frac{{first_moment}}{1 - {beta1}^{{updates}}}",
        lambda at: at["first_moment"] / (1 - at["beta1"] ** at["updates"]),
    ),
    Line(
        "second_unbiased",
        r"\frac{{second_moment}}{1 - {beta2}^{{updates}}}",
        lambda at: at["second_moment"] / (1 - at["beta2"] ** at["updates"]),
    ),
    Line(
        "step",
        r"-{learning_rate} \cdot \frac{{first_unbiased}}{\sqrt{{second_unbiased}} + {epsilon}}",
    ),
)

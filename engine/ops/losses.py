"""Losses: how bad the scores are, as one number."""

import numpy as np

from engine.errors import InputError
from engine.ops.op import Array, Op, Product, When
from engine.ops.shapes import alike, labelled, per_element


def require_labels(scores: Array, y: Array) -> None:
    """Raise InputError unless every label is one of the classes 0..C-1 that `scores` has columns for."""
    classes = scores.shape[-1]
    labels = np.atleast_1d(y)
    wrong = np.flatnonzero((labels != np.floor(labels)) | (labels < 0) | (labels >= classes))
    if wrong.size:
        label = float(labels[wrong[0]])
        raise InputError(
            "bad_label",
            f"label {label:g} at position {wrong[0]} is not one of the classes 0 to {classes - 1}",
            hint=f"labels count from 0; there are {classes} classes, one per column of the scores",
            parameters={"label": label, "position": int(wrong[0]), "classes": classes},
        )


CROSS_ENTROPY = Op(
    name="cross_entropy",
    symbol="CE",
    arguments=("scores", "y"),
    doc="Softmax cross-entropy: minus the log of the right class's probability, averaged over examples.",
    source="lecture: softmax loss; CS231n notes, linear classification",
    saved="log_probabilities(scores, y)",
    numpy="cross_entropy(saved)",
    torch="torch.nn.functional.cross_entropy(scores, y.long())",
    latex=r"-\tfrac{1}{N} \textstyle\sum_i \ln \mathrm{softmax}({scores})_{y_i}",
    derivatives=(
        Product(
            "upstream * cross_entropy_slope(saved, scores)",
            r"{upstream} \cdot \tfrac{1}{N} (\mathrm{softmax}({scores}) - \mathrm{onehot}({y}))",
        ),
        None,
    ),
    shape=labelled,
    cost=per_element(50),
    check=require_labels,
)

HINGE_LOSS = Op(
    name="hinge_loss",
    symbol="hinge",
    arguments=("scores", "y"),
    options={"margin": 1.0},
    doc="Multiclass hinge (SVM) loss: by how much wrong scores come within the margin of the right one, "
    "summed over classes, averaged over examples.",
    source="lecture: hinge loss; CS231n notes, multiclass SVM",
    saved="margins(scores, y, margin)",
    numpy="np.sum(saved, axis=None) / max(1, np.size(y))",
    torch="hinge_loss(scores, y, margin)",
    latex=r"\tfrac{1}{N} \textstyle\sum_i \sum_{j \ne y_i} \max(0, {scores}_j - {scores}_{y_i} + {margin})",
    derivatives=(
        Product(
            "upstream * hinge_slope(saved, y, scores)",
            r"{upstream} \cdot \tfrac{1}{N} \text{ per wrong class within the margin}",
        ),
        None,
    ),
    shape=labelled,
    cost=per_element(10),
    check=require_labels,
    kinks=(
        When(
            "scores_at_margin(scores, y, margin)",
            "hinge_loss has no derivative exactly at the margin; the minimum-norm subgradient 0 is taken",
        ),
    ),
)

MSE = Op(
    name="mse",
    symbol="MSE",
    arguments=("a", "b"),
    doc="Mean squared error: the squared difference, averaged over elements.",
    source="lecture: the 20-line network's loss, averaged",
    numpy="np.mean((a - b) ** 2)",
    torch="torch.nn.functional.mse_loss(a, b)",
    latex=r"\mathrm{mean}\,({a} - {b})^2",
    derivatives=(
        Product("upstream * 2 * (a - b) / np.size(a)", r"{upstream} \cdot \tfrac{2}{n} ({a} - {b})"),
        Product("upstream * 2 * (b - a) / np.size(a)", r"{upstream} \cdot \tfrac{2}{n} ({b} - {a})"),
    ),
    shape=alike,
    cost=per_element(4),
)

BCE_WITH_LOGITS = Op(
    name="bce_with_logits",
    symbol="BCE",
    arguments=("scores", "y"),
    doc="Binary cross-entropy of a score and a target of 0 or 1 (the logistic loss), averaged over elements.",
    source="logistic regression; torch.nn.BCEWithLogitsLoss",
    numpy="np.mean(np.maximum(scores, 0) - scores * y + np.log1p(np.exp(-np.abs(scores))))",
    torch="torch.nn.functional.binary_cross_entropy_with_logits(scores, y)",
    latex=r"\mathrm{mean}\,(\ln(1 + e^{scores}) - {scores} \cdot {y})",
    derivatives=(
        Product(
            "upstream * (sigmoid(scores) - y) / np.size(scores)",
            r"{upstream} \cdot \tfrac{1}{n} (\sigma({scores}) - {y})",
        ),
        None,
    ),
    shape=alike,
    cost=per_element(50),
)

TABLE = (CROSS_ENTROPY, HINGE_LOSS, MSE, BCE_WITH_LOGITS)

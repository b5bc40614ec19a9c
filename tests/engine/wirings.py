"""Programs that hands, not the layer builder, would write; each trains on two or three spirals."""

from engine.learning.datasets import DataSpec
from engine.learning.layers import write_program
from engine.learning.spec import TrainingSpec

SPIRAL = DataSpec("spiral", 3, 60, 0.2)
TWO = DataSpec("spiral", 2, 60, 0.2)
SINE = DataSpec.default("sine")
DIGITS = DataSpec("digits", 10, 300, 0.0)

W = "W1 = he(2, 6); b1 = normal(6); W2 = he(6, 6); b2 = zeros(6); W3 = xavier(6, 3)\n"
END = "\nloss = cross_entropy(scores, y)"

WIRINGS: dict[str, TrainingSpec] = {
    "as the layer builder has it": TrainingSpec(write_program(2, (6, 5), 3), SPIRAL),
    "gelu and silu": TrainingSpec(write_program(2, (6, 5), 3, ("gelu", "silu")), SPIRAL),
    "every step named": TrainingSpec(
        W
        + "z1 = X @ W1 + b1\nh1 = tanh(z1)\nz2 = h1 @ W2 + b2\nh2 = elu(z2, alpha=0.5)\nscores = h2 @ W3"
        + END,
        SPIRAL,
    ),
    "residual": TrainingSpec(
        W + "h1 = relu(X @ W1 + b1)\nh2 = relu(h1 @ W2 + b2) + h1\nscores = h2 @ W3" + END, SPIRAL
    ),
    "one name again and again": TrainingSpec(
        W + "h = X @ W1 + b1\nh = leaky_relu(h)\nh = sigmoid(h @ W2)\nscores = h @ W3" + END, SPIRAL
    ),
    "maximum in place of relu": TrainingSpec(
        W
        + "floor = 0.0\nh1 = np.maximum(0, X @ W1 + b1)\nh2 = clip(h1 @ W2, floor, 2)\nscores = h2 @ W3"
        + END,
        SPIRAL,
    ),
    "sums over the minibatch": TrainingSpec(
        W + "z = X @ W1\nh = relu((z - mean(z, axis=0)) / (std(z, axis=0) + 0.01))\nscores = h @ W3" + END,
        SPIRAL,
    ),
    "no hidden layer": TrainingSpec(write_program(2, (), 3), SPIRAL),
    "no scores": TrainingSpec(W + "h = tanh(X @ W1 + b1)\nloss = cross_entropy(h @ W3, y)", SPIRAL),
    "no scores, no classes": TrainingSpec(W + "h = relu(X @ W1)\nerror = sum((h @ W1.T - X)**2)", SPIRAL),
    "a loss of one's own": TrainingSpec(
        W + "h = softplus(X @ W1)\nscores = h @ W3\nsquares = mean(scores**2)"
        "\nloss = hinge_loss(scores, y, margin=0.5) + 0.01 * squares",
        SPIRAL,
    ),
    "one column for two classes": TrainingSpec(write_program(2, (4,), 2, "tanh", loss="logistic"), TWO),
    "values to predict": TrainingSpec(write_program(2, (4, 1), 1, "sigmoid", loss="squared"), SINE),
    "images": TrainingSpec(write_program(64, (12,), 10), DIGITS),
    "features of one's own": TrainingSpec(
        write_program(4, (5,), 3), SPIRAL, features=("r", "theta", "1 / (x - 0.0197)", "x*y")
    ),
    "a scaled layer": TrainingSpec(
        W + "gain = ones(6)\nh = relu(X @ W1) * gain\nscores = h @ W3" + END, SPIRAL, batch_size=2
    ),
    "dead from the start": TrainingSpec(
        "W1 = zeros(2, 4)\nh = relu(X @ W1 - 1)\nW2 = he(4, 3)\nscores = h @ W2" + END, SPIRAL
    ),
}
"""By what is special about each."""

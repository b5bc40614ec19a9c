"""Write optimizers.json: trajectories of PyTorch's optimizers, in float64, step for step.

The loss is the bowl f(w) = sum(curvature * w**2) / 2, so the gradient is curvature * w. PyTorch is
needed to make the file, not to test against it: `python tests/golden/make_optimizers.py`.
"""

import json
from pathlib import Path

import torch

START = [1.0, -2.0, 0.5]
CURVATURE = [1.0, 10.0, 0.1]
STEPS = 20

RUNS = [
    ("sgd", {"learning_rate": 0.08}, lambda w: torch.optim.SGD([w], lr=0.08)),
    ("momentum", {"learning_rate": 0.02}, lambda w: torch.optim.SGD([w], lr=0.02, momentum=0.9)),
    (
        "momentum",
        {"learning_rate": 0.05, "momentum": 0.5},
        lambda w: torch.optim.SGD([w], lr=0.05, momentum=0.5),
    ),
    ("adam", {"learning_rate": 0.1}, lambda w: torch.optim.Adam([w], lr=0.1)),
    (
        "adam",
        {"learning_rate": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3},
        lambda w: torch.optim.Adam([w], lr=0.3, betas=(0.8, 0.95), eps=1e-3),
    ),
]


def trajectory(make) -> list[list[float]]:
    """The point after every step."""
    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    curvature = torch.tensor(CURVATURE, dtype=torch.float64)
    optimizer = make(w)
    points = []
    for _ in range(STEPS):
        w.grad = curvature * w.detach()
        optimizer.step()
        points.append(w.detach().tolist())
    return points


golden = {
    "made_by": f"tests/golden/make_optimizers.py with torch {torch.__version__.partition('+')[0]}",
    "start": START,
    "curvature": CURVATURE,
    "runs": [
        {"optimizer": name, "settings": settings, "trajectory": trajectory(make)}
        for name, settings, make in RUNS
    ],
}
Path(__file__).with_name("optimizers.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")

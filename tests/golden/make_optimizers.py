"""Write optimizers.json: trajectories of PyTorch's optimizers, in float64, step for step.

The loss is the bowl f(w) = sum(curvature * w**2) / 2, so the gradient is curvature * w. Schedules
are PyTorch's schedulers, stepped after every update, with lengths in updates. PyTorch is needed to
make the file, not to test against it: `python tests/golden/make_optimizers.py`.
"""

import json
from pathlib import Path

import torch
from torch.optim import lr_scheduler

START = [1.0, -2.0, 0.5]
CURVATURE = [1.0, 10.0, 0.1]
STEPS = 20

RUNS = [
    ("sgd", {"learning_rate": 0.08}, lambda w: torch.optim.SGD([w], lr=0.08)),
    (
        "sgd",
        {"learning_rate": 0.08, "weight_decay": 0.3},
        lambda w: torch.optim.SGD([w], lr=0.08, weight_decay=0.3),
    ),
    ("momentum", {"learning_rate": 0.02}, lambda w: torch.optim.SGD([w], lr=0.02, momentum=0.9)),
    (
        "momentum",
        {"learning_rate": 0.05, "momentum": 0.5},
        lambda w: torch.optim.SGD([w], lr=0.05, momentum=0.5),
    ),
    (
        "momentum",
        {"learning_rate": 0.02, "weight_decay": 0.2},
        lambda w: torch.optim.SGD([w], lr=0.02, momentum=0.9, weight_decay=0.2),
    ),
    (
        "nesterov",
        {"learning_rate": 0.02},
        lambda w: torch.optim.SGD([w], lr=0.02, momentum=0.9, nesterov=True),
    ),
    (
        "nesterov",
        {"learning_rate": 0.05, "momentum": 0.5, "weight_decay": 0.1},
        lambda w: torch.optim.SGD([w], lr=0.05, momentum=0.5, nesterov=True, weight_decay=0.1),
    ),
    ("rmsprop", {"learning_rate": 0.01}, lambda w: torch.optim.RMSprop([w], lr=0.01)),
    (
        "rmsprop",
        {"learning_rate": 0.05, "alpha": 0.8, "epsilon": 1e-3, "weight_decay": 0.1},
        lambda w: torch.optim.RMSprop([w], lr=0.05, alpha=0.8, eps=1e-3, weight_decay=0.1),
    ),
    ("adam", {"learning_rate": 0.1}, lambda w: torch.optim.Adam([w], lr=0.1)),
    (
        "adam",
        {"learning_rate": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3},
        lambda w: torch.optim.Adam([w], lr=0.3, betas=(0.8, 0.95), eps=1e-3),
    ),
    (
        "adam",
        {"learning_rate": 0.1, "weight_decay": 0.5},
        lambda w: torch.optim.Adam([w], lr=0.1, weight_decay=0.5),
    ),
    (
        "adamw",
        {"learning_rate": 0.1, "weight_decay": 0.01},
        lambda w: torch.optim.AdamW([w], lr=0.1, weight_decay=0.01),
    ),
    (
        "adamw",
        {"learning_rate": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3, "weight_decay": 0.5},
        lambda w: torch.optim.AdamW([w], lr=0.3, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.5),
    ),
    ("adagrad", {"learning_rate": 0.1}, lambda w: torch.optim.Adagrad([w], lr=0.1, eps=1e-8)),
    (
        "adagrad",
        {"learning_rate": 0.5, "epsilon": 1e-3, "weight_decay": 0.1},
        lambda w: torch.optim.Adagrad([w], lr=0.5, eps=1e-3, weight_decay=0.1),
    ),
]

SCHEDULES = [
    ("constant", {}, 0, lambda o: lr_scheduler.ConstantLR(o, factor=1.0)),
    ("step", {"epochs": 5, "gamma": 0.3}, 0, lambda o: lr_scheduler.StepLR(o, 5, gamma=0.3)),
    (
        "exponential",
        {"epochs": 4, "gamma": 0.5},
        0,
        lambda o: lr_scheduler.ExponentialLR(o, gamma=0.5 ** (1 / 4)),
    ),
    ("cosine", {"epochs": 20}, 0, lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=20)),
    (
        "cosine",
        {"epochs": 24, "floor": 0.1},
        0,
        lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=24, eta_min=0.1 * LEARNING_RATE),
    ),
    ("inverse", {"epochs": 6}, 0, lambda o: lr_scheduler.LambdaLR(o, lambda t: 1 / (1 + t / 6))),
    ("constant", {"warmup": 7}, 7, lambda o: lr_scheduler.ConstantLR(o, factor=1.0)),
    ("step", {"epochs": 5, "gamma": 0.3, "warmup": 4}, 4, lambda o: lr_scheduler.StepLR(o, 5, gamma=0.3)),
    (
        "exponential",
        {"epochs": 4, "gamma": 0.5, "warmup": 3},
        3,
        lambda o: lr_scheduler.ExponentialLR(o, gamma=0.5 ** (1 / 4)),
    ),
    ("cosine", {"epochs": 15, "warmup": 5}, 5, lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=15)),
    (
        "inverse",
        {"epochs": 6, "warmup": 5},
        5,
        lambda o: lr_scheduler.LambdaLR(o, lambda t: 1 / (1 + t / 6)),
    ),
]
LEARNING_RATE = 0.05

CLIPPINGS = [
    ("norm", 0.5, lambda w: torch.nn.utils.clip_grad_norm_([w], 0.5)),
    ("norm", 5.0, lambda w: torch.nn.utils.clip_grad_norm_([w], 5.0)),
    ("value", 0.2, lambda w: torch.nn.utils.clip_grad_value_([w], 0.2)),
    ("value", 5.0, lambda w: torch.nn.utils.clip_grad_value_([w], 5.0)),
]


def trajectory(make, schedule=None, clip=None) -> tuple[list[list[float]], list[float]]:
    """The point after every step, and the learning rate of every step."""
    w = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    curvature = torch.tensor(CURVATURE, dtype=torch.float64)
    optimizer = make(w)
    scheduler = None if schedule is None else schedule(optimizer)
    points, rates = [], []
    for _ in range(STEPS):
        w.grad = curvature * w.detach()
        if clip is not None:
            clip(w)
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        points.append(w.detach().tolist())
    return points, rates


def warmed_up(schedule, warmup: int):
    """The schedule after a linear warmup of so many updates."""
    if warmup == 0:
        return schedule

    def make(optimizer):
        rise = lr_scheduler.LinearLR(optimizer, start_factor=1 / (warmup + 1), total_iters=warmup)
        return lr_scheduler.SequentialLR(optimizer, [rise, schedule(optimizer)], milestones=[warmup])

    return make


def momentum(w):
    """The rule that schedules and clippings are shown on."""
    return torch.optim.SGD([w], lr=LEARNING_RATE, momentum=0.9)


def schedule_run(name, numbers, warmup, schedule) -> dict:
    """A schedule's entry in the file."""
    points, rates = trajectory(momentum, schedule=warmed_up(schedule, warmup))
    return {"schedule": name, "settings": numbers, "rates": rates, "trajectory": points}


golden = {
    "made_by": f"tests/golden/make_optimizers.py with torch {torch.__version__.partition('+')[0]}",
    "start": START,
    "curvature": CURVATURE,
    "learning_rate": LEARNING_RATE,
    "runs": [
        {"optimizer": name, "settings": settings, "trajectory": trajectory(make)[0]}
        for name, settings, make in RUNS
    ],
    "schedules": [schedule_run(*entry) for entry in SCHEDULES],
    "clippings": [
        {"by": by, "limit": limit, "trajectory": trajectory(momentum, clip=clip)[0]}
        for by, limit, clip in CLIPPINGS
    ],
}
Path(__file__).with_name("optimizers.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")

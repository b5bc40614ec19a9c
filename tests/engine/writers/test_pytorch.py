"""The PyTorch programs: their text and the numbers they gave when `make golden` ran them."""

import json
from hashlib import sha256
from typing import Any

import pytest
from cases import ALL, GOLDEN, NET, NEURON, Case
from running import assert_same

from engine import trace
from engine.writers import WRITERS

STORED: dict[str, Any] = json.loads((GOLDEN / "writers.json").read_text(encoding="utf-8"))

NEURON_MODULE = """\
class Net(nn.Module):
    def forward(self, w0, x0, w1, x1, w2):
        f = 1 / (1 + torch.exp(-(w0 * x0 + w1 * x1 + w2)))
        return f
"""

NET_FORWARD = """\
    def forward(self, X, y):
        h1 = torch.relu(X @ self.W1 + self.b1)
        scores = h1 @ self.W2 + self.b2
        data_loss = F.cross_entropy(scores, y.long())
        regularization = 0.001 * (torch.sum(self.W1**2) + torch.sum(self.W2**2))
        loss = data_loss + regularization
        return loss
"""


def pytorch(source: str, inputs=None, **settings) -> str:
    return WRITERS["pytorch"].write(trace(source, inputs, **settings)).text


def test_the_lectures_neuron() -> None:
    text = pytorch(NEURON)
    assert NEURON_MODULE in text
    assert "f = net(w0, x0, w1, x1, w2)\nf.backward()\n" in text
    assert "w0 = torch.tensor(2.0, requires_grad=True)\n" in text


def test_the_two_layer_net() -> None:
    text = pytorch(NET)
    assert NET_FORWARD in text
    assert "        self.b1 = nn.Parameter(torch.zeros(4))\n" in text
    assert "y = torch.tensor([0, 1, 1, 0])\n" in text


@pytest.mark.parametrize(
    "line",
    [
        "f = a - (b - c) - (a + b) * c / (a / b)",
        "f = (a**b) ** c - a**b",
        "f = (-a) ** 2 - -b * c",
        "f = (a + b) ** (c - 1) / (2 * b)",
        "f = torch.where(a < b, a, b * c)",
    ],
)
def test_brackets_stand_only_where_they_are_needed(line: str) -> None:
    source = line.replace("torch.", "")
    assert f"        {line}\n" in pytorch(f"a = 2; b = 3; c = 5\n{source}")


def test_the_upstream_of_a_vector() -> None:
    assert "f.backward(torch.tensor([1.0, 2.0]))" in pytorch("x = [3, 4]\nf = x * x", upstream=[1, 2])


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_text_is_what_was_run(case: Case) -> None:
    text = WRITERS["pytorch"].write(case.traced()).text
    assert sha256(text.encode()).hexdigest() == STORED["programs"][case.name]["text"], "run `make golden`"


@pytest.mark.parametrize("case", [case for case in ALL if case.torch], ids=lambda case: case.name)
def test_pytorch_gave_the_engines_numbers(case: Case) -> None:
    assert_same(STORED["programs"][case.name], case.traced(), rtol=1e-10)

"""A trained net to take away: its weights, and scripts that print the accuracy it had here.

The forward pass is the writers' own text of the program's graph; weights and points are embedded as
base64 of their float32 bytes.
"""

import base64
import json
import textwrap
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from engine.autodiff.trace import Trace, trace
from engine.graph.build import build
from engine.learning.features import COORDINATES, PLAIN, featured
from engine.learning.frames import frame
from engine.learning.network import Network, network
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.limits import TRAINING
from engine.ops.op import Array
from engine.writers.flat import ForwardText
from engine.writers.helpers import helpers_in, imports_of
from engine.writers.pytorch import TrainedModule
from engine.writers.torch_text import HINGE_LOSS

PROBES = 4
"""Points the graph is traced at: the texts written are the same for any number."""

DECODED = '''
def decoded(text, shape, kind="<f4"):
    """An array from the base64 of its bytes."""
    return np.frombuffer(base64.b64decode(text), dtype=kind).reshape(shape)
'''.strip()


def weights_json(spec: TrainingSpec, state: TrainingState) -> bytes:
    """The program, its features and every parameter by name, shape and values, as JSON."""
    shown = frame(spec, state)
    content = {
        "version": 1,
        "program": spec.program,
        "features": list(spec.features) if spec.data.in_plane else [],
        "step": state.step,
        "accuracy": {"train": shown.accuracy.train, "validation": shown.accuracy.validation},
        "parameters": [
            {"name": name, "shape": list(array.shape), "values": array.tolist()}
            for name, array in state.parameters.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def weights_npz(state: TrainingState) -> bytes:
    """Every parameter under its own name, as `numpy.load` reads it."""
    content = BytesIO()
    # numpy.savez has arguments of its own, which a parameter might be named like
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, array in state.parameters.items():
            part = BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(f"{name}.npy", part.getvalue())
    return content.getvalue()


def numpy_script(spec: TrainingSpec, state: TrainingState) -> str:
    """A NumPy program that prints the net's accuracy over both parts, or its loss without classes."""
    net = network(spec)
    text = ForwardText(_traced(spec, state, net))
    lines = [
        f"{text.name(node)} = {_embedded(state.parameters[node.name or ''])}" for node in text.parameters
    ]
    arguments = ", ".join(text.name(node) for node in text.arguments)
    function = [f"def forward({arguments}):", *text.lines(), f"return {text.output}"]
    body = [*lines, "", "", *_indented(function), "", "", *_points(spec), "", *_asked(net, "forward({})")]
    program = "\n".join(body)
    helpers = helpers_in(program)
    head = ["import base64", *imports_of(helpers), "", 'np.seterr(all="ignore")', ""]
    return "\n".join([*head, "", *[f"{helper}\n\n" for helper in helpers], DECODED, "", *body, ""])


def pytorch_script(spec: TrainingSpec, state: TrainingState) -> str:
    """A PyTorch program, in float64, that prints the same as `numpy_script`."""
    net = network(spec)
    module = TrainedModule(
        _traced(spec, state, net), {name: _embedded(a) for name, a in state.parameters.items()}
    )
    given = ["torch.from_numpy(np.array({}, dtype=np.float64))"] * (1 if net.classifies else 2)
    call = f"net({', '.join(given)}).detach().numpy()".replace("{}", "{0}", 1).replace("{}", "{1}", 1)
    body = [*module.module_lines(), "", "", *_points(spec), "", "net = Net()", *_asked(net, call)]
    program = "\n".join(body)
    helpers = helpers_in("\n".join(_points(spec)))
    head = ["import base64", *imports_of(helpers), "import torch", "import torch.nn.functional as F"]
    head += [
        "from torch import nn",
        "",
        "torch.set_default_dtype(torch.float64)",
        'np.seterr(all="ignore")',
        "",
    ]
    extra = [HINGE_LOSS, "", ""] if "hinge_loss(" in program else []
    return "\n".join([*head, "", *[f"{h}\n\n" for h in helpers], *extra, DECODED, "", "", *body, ""])


def _traced(spec: TrainingSpec, state: TrainingState, net: Network) -> Trace:
    """The program at a few points: up to the scores where they choose a class, else up to the loss."""
    data = featured(spec.data, spec.features)
    rows = min(PROBES, len(data.y_train))
    graph = build(spec.program, {"X": (rows, net.columns), "y": (rows,)}, TRAINING)
    output = graph.named("scores" if net.classifies else net.loss)
    assert output is not None
    graph = graph.with_output(output.key)
    parameters = {name: array.astype(np.float64) for name, array in state.parameters.items()}
    given = {"X": data.X_train[:rows].astype(np.float64), "y": data.y_train[:rows].astype(np.float64)}
    inputs = {**graph.initial_values(spec.seed), **parameters}
    inputs |= {name: value for name, value in given.items() if graph.named(name) is not None}
    return trace(graph, inputs, upstream=np.ones(output.shape), limits=TRAINING, finite=False)


def _points(spec: TrainingSpec) -> list[str]:
    """The points of both parts as the net is shown them, and their labels."""
    data = featured(spec.data, spec.features if not spec.data.in_plane else PLAIN)
    kind = ("u1", ', "u1"') if spec.data.kind == "classes" else ("<f4", "")
    lines: list[str] = []
    for part, X, y in (
        ("train", data.X_train, data.y_train),
        ("validation", data.X_validation, data.y_validation),
    ):
        lines.append(f"X_{part} = {_embedded(X)}")
        labels = _embedded(y.astype(kind[0]), kind[0])
        lines.append(f"y_{part} = {labels[:-1]}{kind[1]})")
    if not spec.data.in_plane or spec.features == PLAIN:
        return lines
    names: list[str] = []
    written: list[str] = []
    for number, feature in enumerate(spec.features, start=1):
        graph = build(feature, dict.fromkeys(COORDINATES, (PROBES,)), TRAINING)
        inputs = {name: np.linspace(0.1, 1, PROBES) for name in COORDINATES}
        values = {**graph.initial_values(0), **inputs}
        text = ForwardText(
            trace(graph, values, upstream=np.ones(graph.output.shape), limits=TRAINING, finite=False)
        )
        names.append(f"feature_{number}(x, y, r, theta)")
        function = [f"def feature_{number}(x, y, r, theta):", *text.lines(), f"return {text.output}"]
        written += [
            "",
            "",
            "# " + "".join(c if c.isprintable() else " " for c in feature),
            *_indented(function),
        ]
    shown = [
        "def features(points):",
        '"""What the network is shown of every point."""',
        "x, y = points.astype(np.float64).T",
        "r, theta = np.hypot(x, y), np.arctan2(y, x)",
        f"return np.column_stack(({', '.join(names)},)).astype(np.float32)",
    ]
    given = [f"X_{part} = features(X_{part})" for part in ("train", "validation")]
    return [*lines, *written, "", "", *_indented(shown), "", "", *given]


def _asked(net: Network, call: str) -> list[str]:
    """What is printed of both parts."""
    lines: list[str] = []
    for part in ("train", "validation"):
        y = f"y_{part}.astype(np.float32)" if net.labels_are_numbers else f"y_{part}.astype(np.int64)"
        if net.classifies:
            lines += [
                f"scores = {call.format(f'X_{part}')}",
                f"scores = scores.reshape(len(y_{part}), -1)",
                "# a single column is the score of class 1 against 0",
                "chosen = (scores[:, 0] > 0) * 1 if scores.shape[1] == 1 else np.argmax(scores, axis=1)",
                f'print("{part} accuracy =", float(np.mean(chosen == y_{part})))',
            ]
        else:
            lines.append(f'print("{part} loss =", float({_called(call, f"X_{part}", y)}))')
    return lines


def _called(call: str, X: str, y: str) -> str:
    """The call with points and labels in it."""
    return call.format(X, y) if "{1}" in call else call.format(f"{X}, {y}")


def _embedded(array: Array, kind: str = "<f4") -> str:
    """The array as a call of `decoded`."""
    encoded = base64.b64encode(np.ascontiguousarray(array, dtype=kind).tobytes()).decode()
    text = "\n".join(textwrap.wrap(encoded, 100))
    quoted = f'"""\n{text}\n"""' if len(text) > 60 else f'"{text}"'
    return f"decoded({quoted}, {array.shape})"


def _indented(lines: list[str]) -> list[str]:
    return [lines[0], *[f"    {line}" for line in lines[1:]]]

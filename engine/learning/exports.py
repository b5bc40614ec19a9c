"""A trained net's weights to take away, as JSON and as NumPy reads them; scripts are in `scripts`."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from engine.learning.frames import frame
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState


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

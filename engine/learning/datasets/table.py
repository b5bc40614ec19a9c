"""The data sets there are to choose from."""

from collections.abc import Mapping
from types import MappingProxyType

from engine.learning.datasets.clouds import BLOBS, CHECKERBOARD, XOR
from engine.learning.datasets.curves import CIRCLES, MOONS, RINGS, SPIRAL
from engine.learning.datasets.dataset import DataSet
from engine.learning.datasets.digits import DIGITS
from engine.learning.datasets.surfaces import BUMP, PLANE, SADDLE, SINE

DATASETS: Mapping[str, DataSet] = MappingProxyType(
    {
        record.name: record
        for record in (
            *(SPIRAL, CIRCLES, XOR, BLOBS, MOONS, RINGS, CHECKERBOARD),
            *(PLANE, BUMP, SADDLE, SINE),
            DIGITS,
        )
    }
)

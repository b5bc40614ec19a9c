"""Data to learn from: points in the plane, real images, and points of one's own.

Every data set is one record of the table `DATASETS`. All of them are drawn from a seed and split,
class by class, into parts to train on, to validate with and, if asked for, to test with.
"""

from engine.learning.datasets.csv_text import CsvPoints, read_csv, require_enough_rows
from engine.learning.datasets.dataset import DataSet, Kind
from engine.learning.datasets.own import OWN, OwnPoints
from engine.learning.datasets.sample import Data, sample
from engine.learning.datasets.spec import LARGEST_SEED, DataSpec
from engine.learning.datasets.table import DATASETS

__all__ = [
    "DATASETS",
    "LARGEST_SEED",
    "OWN",
    "CsvPoints",
    "Data",
    "DataSet",
    "DataSpec",
    "Kind",
    "OwnPoints",
    "read_csv",
    "require_enough_rows",
    "sample",
]

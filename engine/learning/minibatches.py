"""The training points, a minibatch at a time, shuffled anew for every epoch."""

from engine.learning.state import GeneratorState
from engine.ops.op import Array


class Minibatches:
    """A place in an endless row of epochs, each a fresh permutation of all points.

    The last minibatch of an epoch holds what is left, as with PyTorch's
    `DataLoader(shuffle=True, drop_last=False)`. `epoch` counts completed epochs, `position` the
    points used in this one, and `began` is the generator before it drew this epoch's permutation.
    """

    def __init__(
        self, X: Array, y: Array, size: int, began: GeneratorState, epoch: int = 0, position: int = 0
    ) -> None:
        self._X_all = X
        self._y_all = y
        self._size = size
        self._generator = began.generator()
        self.epoch = epoch
        self.position = position
        self._shuffle(began)

    def advance(self) -> None:
        """Go on to the next minibatch: `X`, shape (B, features), and `y`, shape (B,)."""
        self.position += len(self.y)
        if self.position < len(self._y_all):
            self._cut()
        else:
            self.epoch += 1
            self.position = 0
            self._shuffle(GeneratorState.of(self._generator))

    def _shuffle(self, began: GeneratorState) -> None:
        self.began = began
        order = self._generator.permutation(len(self._y_all))
        # one gather for the whole epoch; its minibatches are views of it
        self._X_epoch = self._X_all.take(order, axis=0)
        self._y_epoch = self._y_all.take(order)
        self._cut()

    def _cut(self) -> None:
        cut = slice(self.position, self.position + self._size)
        self.X: Array = self._X_epoch[cut]
        self.y: Array = self._y_epoch[cut]

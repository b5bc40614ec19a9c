"""The shipped landscapes, as the API lists them."""

from app.schemas.landscapes import (
    Valley,
    ValleyData,
    ValleyOptimizer,
    ValleyRunner,
    Valleys,
    ValleySpec,
)
from engine.learning.valleys import VALLEYS


def valleys() -> Valleys:
    """The landscapes of programs with two trained numbers."""
    return Valleys(
        valleys=[
            Valley(
                name=valley.name,
                title=valley.title,
                doc=valley.doc,
                source=valley.source,
                spec=ValleySpec(
                    program=valley.spec.program,
                    data=ValleyData(
                        name=valley.spec.data.name,
                        classes=valley.spec.data.classes,
                        samples=valley.spec.data.samples,
                        noise=valley.spec.data.noise,
                    ),
                    features=list(valley.spec.features),
                    batch_size=valley.spec.batch_size,
                ),
                optimizers=[
                    ValleyRunner(
                        label=runner.label,
                        optimizer=ValleyOptimizer(
                            name=runner.optimizer.name, learning_rate=runner.optimizer.learning_rate
                        ),
                    )
                    for runner in valley.runners
                ],
                updates=valley.updates,
                every=valley.every,
            )
            for valley in VALLEYS.values()
        ]
    )

"""How many updates the next slice makes, and when it may begin."""

import time

FIRST_UPDATES = 8.0
MOST_UPDATES = 100_000
GROWTH = 4.0


def slice_seconds(wanted: float, shortest: float, frame: float, playing: int, workers: int) -> float:
    """How long a slice may take, so that every playing session still gets a frame each `frame` seconds.

    Slices run first come, first served: a session waits for those of playing / workers others. None
    is shorter than what it is worth to send one for.
    """
    return max(shortest, min(wanted, frame * workers / max(1, playing)))


class Pace:
    """Fits the updates of a slice to the time it may take, and to the speed asked for."""

    def __init__(self) -> None:
        self._fitting = FIRST_UPDATES
        self._speed: float | None = None
        self._due = 0.0
        self._since = time.monotonic()
        self._rate = 0.0
        self._last: float | None = None

    def set_speed(self, speed: float | None) -> None:
        """Updates a second from now on; None for as many as fit."""
        self._speed = speed
        self.restart()

    def restart(self) -> None:
        """Begin to count anew: what was not trained during a pause is not caught up with."""
        self._since = time.monotonic()
        self._due = 1.0
        self._last = None

    def wait(self, frame: float) -> float:
        """Seconds until the next slice is due, 0 when it is."""
        if self._speed is None:
            return 0.0
        self._earn(frame)
        # not for every single update: a slice waits until a frame's worth of them is due
        wanted = max(1.0, min(self._speed * frame, self._fitting))
        return max(0.0, (wanted - self._due) / self._speed)

    def updates(self) -> int:
        """Updates for the next slice."""
        return self.fitting if self._speed is None else max(1, min(self.fitting, int(self._due)))

    @property
    def fitting(self) -> int:
        """Updates that fit the time a slice may take, whatever the speed."""
        return max(1, int(min(self._fitting, MOST_UPDATES)))

    def _earn(self, frame: float) -> None:
        assert self._speed is not None
        now = time.monotonic()
        # a machine too slow for the speed asked for does not run up a debt
        most = max(1.0, self._speed * 4 * frame)
        self._due = min(most, self._due + (now - self._since) * self._speed)
        self._since = now

    def done(self, updates: int, seconds: float, target: float) -> None:
        """Count a slice of so many updates that took so long."""
        self._due -= updates
        self.learn(updates, seconds, target)
        now = time.monotonic()
        if self._last is not None:
            share = min(1.0, (now - self._last) * 2)
            self._rate += share * (updates / max(now - self._last, 1e-6) - self._rate)
        self._last = now

    def learn(self, updates: int, seconds: float, target: float) -> None:
        """Fit the updates of a slice to the time that so many took."""
        fitting = updates * target / max(seconds, 1e-6)
        # a slice cut short by the speed says little about what would fit
        if fitting < self._fitting or updates >= int(self._fitting):
            self._fitting = max(1.0, min(fitting, self._fitting * GROWTH, float(MOST_UPDATES)))

    @property
    def rate(self) -> float:
        """Updates a second lately."""
        return self._rate

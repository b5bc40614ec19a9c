"""Everything about a server that its owner may choose, as one table."""

import os
from dataclasses import dataclass, field
from pathlib import Path

KIB = 1024
MIB = 1024 * KIB


def _processors() -> int:
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes in bytes, times in seconds. The defaults suit one classroom on one machine."""

    workers: int = field(default_factory=_processors)
    """Worker processes that compute."""
    executor: str | None = None
    """Address of a Dask scheduler, as `host:port`, whose cluster computes in their place."""
    queue: int = 32
    """Graph calls that may wait or run at once; one more is answered 503."""
    deadline: float = 10.0
    """Longest one task may compute."""
    calls_per_second: float = 100.0
    """Graph calls one client may make."""
    calls_per_address: float = 2_000.0
    """Graph calls that all clients of one address, such as a lecture hall's, may make together."""
    small_body: int = 64 * KIB
    """Largest body of a request, trainings excepted."""
    training_body: int = 4 * MIB
    """Largest body of a training request, and largest message of a live session."""
    discard: int = 8 * MIB
    """How much of a too large body is read before it is answered."""
    discard_seconds: float = 2.0
    """How long a too large body is read before it is answered."""
    body_seconds: float = 30.0
    """How long a body may take to arrive."""
    sessions: int = 64
    """Live sessions at once."""
    sessions_per_client: int = 8
    """Live sessions one client may have at once."""
    lifetime_seconds: float = 6 * 3600.0
    """A session is closed after so long, whatever it does."""
    messages_per_second: float = 300.0
    """Messages of one session that are read in a second; more have to wait in the network."""
    history_bytes: int = 256 * MIB
    """States that all sessions together keep for rewinding; one keeps at most a quarter of it."""
    history_states: int = 256
    """States that one session keeps for rewinding."""
    idle_seconds: float = 900.0
    """A session that trains nothing and hears nothing for so long is closed."""
    slice_seconds: float = 0.02
    """How long one slice of a training should take on an idle machine."""
    frame_seconds: float = 1 / 20
    """How far apart a session's frames may grow under load before slices shrink."""
    unseen_seconds: float = 5.0
    """A session whose client draws nothing for so long trains on only when it does."""
    streams: int = 16
    """Trainings and sweeps streamed at once."""
    streams_per_client: int = 4
    """Trainings and sweeps streamed to one client at once."""
    landscapes: int = field(default_factory=lambda: max(1, _processors() - 1))
    """Landscapes computed at once: each holds a worker for its whole run."""
    landscapes_waiting: int = 8
    """Landscapes that may wait for their turn."""
    landscapes_per_client: int = 3
    """Landscapes of one client that may be computed or wait at once."""
    stream_seconds: float = 3600.0
    """How long a stream may last before it ends where it stands."""
    stream_slice_seconds: float = 0.05
    """How long one slice of a stream should take while no live session plays."""
    unread_seconds: float = 60.0
    """A stream whose client reads nothing for so long is given up."""
    sweep_members: int = 64
    """Trainings in one sweep."""
    sweep_parameters: int = 1_000_000
    """Trained numbers in all members of one sweep together."""
    static: Path | None = None
    """The built front-end; found beside the code when not given."""
    concurrency: int = 512
    """Connections at once."""
    shutdown_seconds: int = 3
    """How long running requests may take to end when the server stops."""

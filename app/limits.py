"""The server's own limits, as one table beside the engine's."""

from app.encoding import MOST_NUMBERS, PREVIEWED, SHOWN
from app.live.wishes import MOST_CHANGES, MOST_STEPS
from app.schemas.live import MOST_COUNTED
from app.settings import Settings


def server_limits(settings: Settings) -> list[tuple[str, float, str]]:
    """The name, the amount and the meaning of every limit."""
    table: dict[str, tuple[float, str]] = {
        "answer_numbers": (MOST_NUMBERS, "numbers in an answer"),
        "preview_numbers": (PREVIEWED, "numbers in the previews of an answer; beyond it they are left empty"),
        "shown_elements": (SHOWN, "elements up to which a tensor is answered whole without being asked for"),
        "body": (settings.small_body, "bytes in the body of a request, trainings excepted"),
        "training_body": (
            settings.training_body,
            "bytes in a request of a training or of points, and in a message of a live session",
        ),
        "seconds": (settings.deadline, "seconds one request may compute"),
        "calls_per_second": (settings.calls_per_second, "graph calls a client may make in a second"),
        "calls_per_address": (
            settings.calls_per_address,
            "graph calls that all clients of one address may make in a second",
        ),
        "queue": (settings.queue, "requests that may wait to be computed"),
        "sessions": (settings.sessions, "live training sessions at once"),
        "sessions_per_client": (settings.sessions_per_client, "live training sessions of one client at once"),
        "idle_seconds": (settings.idle_seconds, "seconds after which a silent session is closed"),
        "streams": (settings.streams, "trainings and sweeps streamed at once"),
        "streams_per_client": (
            settings.streams_per_client,
            "trainings and sweeps streamed to one client at once",
        ),
        "landscapes": (settings.landscapes, "landscapes computed at once"),
        "landscapes_waiting": (
            settings.landscapes_waiting,
            "landscapes that may wait for their turn; one more is refused",
        ),
        "landscapes_per_client": (
            settings.landscapes_per_client,
            "landscapes of one client that may be computed or wait at once",
        ),
        "stream_seconds": (settings.stream_seconds, "seconds after which a stream ends where it stands"),
        "unread_seconds": (
            settings.unread_seconds,
            "seconds after which a stream is given up whose client reads nothing",
        ),
        "sweep_members": (settings.sweep_members, "trainings in one sweep"),
        "sweep_parameters": (
            settings.sweep_parameters,
            "trained numbers in all members of a sweep together",
        ),
        "lifetime_seconds": (settings.lifetime_seconds, "seconds after which any session is closed"),
        "messages_per_second": (
            settings.messages_per_second,
            "messages of a live session that are read in a second; more wait in the network",
        ),
        "waiting_steps": (MOST_STEPS, "steps of a live session that may wait to be made"),
        "waiting_changes": (MOST_CHANGES, "changes of a live session that may wait to be made"),
        "counted_steps": (MOST_COUNTED, "updates or epochs that one step may ask for"),
        "history_states": (settings.history_states, "past states that a live session keeps for rewinding"),
        "history_bytes": (
            settings.history_bytes,
            "bytes of past states that all live sessions keep together, at most a quarter of it each",
        ),
    }
    return [(name, allowed, doc) for name, (allowed, doc) in table.items()]

"""How much faster a sweep gets with a second worker: the same lines, from the application with its own pool.

    .venv/bin/python -m benchmarks.sweeps

The third place is a Dask cluster on this machine, of two workers of one thread each.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx

from app.main import create_app
from app.settings import Settings
from tests.app.dask_processes import DaskProcesses

ROUNDS = 5
SWEEP: dict[str, Any] = {
    "spec": {"data": {"name": "spiral", "samples": 600}},
    "vary": {
        "network.hidden": [[16], [32, 32], [64, 64], [16, 16, 16]],
        "optimizer.learning_rate": [0.03, 0.01],
    },
    "network": {},
    "updates": 2000,
    "every": 500,
}
MEMBERS = 8


async def seconds(places: dict[str, Settings]) -> dict[str, float]:
    """How long the sweep takes in each place: the median of rounds in which they take turns."""
    async with AsyncExitStack() as opened:
        clients = {name: await _client(settings, opened) for name, settings in places.items()}
        # once to warm up
        rounds = [{name: await _once(client) for name, client in clients.items()} for _ in range(ROUNDS + 1)]
    return {name: statistics.median([times[name] for times in rounds[1:]]) for name in places}


async def _client(settings: Settings, opened: AsyncExitStack) -> httpx.AsyncClient:
    app = create_app(settings)
    await opened.enter_async_context(app.router.lifespan_context(app))
    transport = httpx.ASGITransport(app=app)
    client = httpx.AsyncClient(transport=transport, base_url="http://chainrule.test", timeout=600)
    return await opened.enter_async_context(client)


async def _once(client: httpx.AsyncClient) -> float:
    begun = time.perf_counter()
    answer = await client.post("/api/v1/trainings/sweep", json=SWEEP)
    taken = time.perf_counter() - begun
    summary = json.loads(answer.text.splitlines()[-1])
    assert summary["ended"] == "updates", summary
    return taken


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        dask = DaskProcesses(Path(folder))
        try:
            dask.start(workers=2)
            places = {
                "1 worker": Settings(workers=1),
                "2 workers": Settings(workers=2),
                "Dask, 2 workers": Settings(executor=dask.address),
            }
            times = asyncio.run(seconds(places))
        finally:
            dask.stop()
    updates = MEMBERS * SWEEP["updates"]
    lines = [
        f"\n## A sweep of {MEMBERS} nets, {SWEEP['updates']:,} updates each\n",
        "| where | median | updates a second | speed-up |",
        "| --- | --- | --- | --- |",
    ]
    for name, taken in times.items():
        rate = round(updates / taken, -2)
        lines.append(f"| {name} | {taken:.2f} s | {rate:,.0f} | {times['1 worker'] / taken:.2f} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""How much faster a sweep gets with a second worker: the same lines, from the application with its own pool.

`python -m benchmarks.sweeps [dask://host:port]` measures it alone, on a cluster too where one is named.
"""

import asyncio
import json
import statistics
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import fields
from typing import Any

import httpx

from app.main import create_app
from app.settings import Settings

ROUNDS = 3
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


async def seconds(settings: Settings) -> list[float]:
    """How long the sweep takes, after one to warm up, round by round."""
    app = create_app(settings)
    async with AsyncExitStack() as opened:
        await opened.enter_async_context(app.router.lifespan_context(app))
        transport = httpx.ASGITransport(app=app)
        client = await opened.enter_async_context(
            httpx.AsyncClient(transport=transport, base_url="http://chainrule.test", timeout=600)
        )
        return [await _once(client) for _ in range(ROUNDS + 1)][1:]


async def _once(client: httpx.AsyncClient) -> float:
    begun = time.perf_counter()
    answer = await client.post("/api/v1/trainings/sweep", json=SWEEP)
    taken = time.perf_counter() - begun
    summary = json.loads(answer.text.splitlines()[-1])
    assert summary["ended"] == "updates", summary
    return taken


def main() -> None:
    """Print the table."""
    settings = {"1 worker": Settings(workers=1), "2 workers": Settings(workers=2)}
    known = {field.name for field in fields(Settings)}
    if len(sys.argv) > 1 and "executor" in known:
        cluster: dict[str, Any] = {"executor": sys.argv[1]}
        settings["Dask"] = Settings(**cluster)
    times = {name: statistics.median(asyncio.run(seconds(choice))) for name, choice in settings.items()}
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

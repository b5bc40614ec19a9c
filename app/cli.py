"""The `chainrule` command."""

import argparse
import re
import sys
from contextlib import suppress


def _count(text: str) -> int:
    count = int(text) if text.isdecimal() else 0
    if count < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes: give 1 or more")
    return count


def _cluster(text: str) -> str:
    found = re.fullmatch(r"dask://([^\s/:]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", text)
    if not found or not 0 < int(found[2]) < 65_536:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not an address of a Dask scheduler: give one as in `dask://127.0.0.1:8786`"
        )
    return text.removeprefix("dask://")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chainrule", description="Watch the chain rule travel a graph.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="start the server", description="Start the server.")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port", type=int, default=8000, help="port, 0 for any free one (default: %(default)s)"
    )
    where = serve.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_count, help="worker processes (default: one per processor)")
    where.add_argument(
        "--executor",
        type=_cluster,
        metavar="dask://HOST:PORT",
        help="compute on an existing Dask cluster in place of worker processes",
    )
    return parser


def main(arguments: list[str] | None = None) -> None:
    """Run the command; raises SystemExit with its status."""
    options = _parser().parse_args(arguments)
    raise SystemExit(_serve(options.host, options.port, options.workers, options.executor))


def _serve(host: str, port: int, workers: int | None, executor: str | None) -> int:
    """Serve until interrupted."""
    # not above: each worker process imports this module again, and needs none of the server
    from app.executors import NoWorkersError
    from app.server import Server, configure
    from app.settings import Settings

    settings = Settings(executor=executor) if workers is None else Settings(workers=workers)
    try:
        server = Server(configure(settings, host, port))
        # here and not while the server starts, which would tell it in a page of traceback
        server.compute.open()
    except NoWorkersError as error:
        print(f"cannot compute: {error.detail}; {error.hint}", file=sys.stderr)
        return 4
    server.when_started = lambda: print(f"Chainrule is at {server.address}", flush=True)
    # the server has stopped in good order by the time it hands the interrupt on;
    # one that cannot listen has said why, and exits
    with suppress(KeyboardInterrupt, SystemExit):
        server.run()
    if server.started:
        return 0
    advice = f"choose another port, as in `--port {port + 1}` or `make serve PORT={port + 1}`"
    print(f"cannot listen on port {port} of {host}: {advice}", file=sys.stderr)
    return 3

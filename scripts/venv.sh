#!/bin/sh
# Create .venv with the newest Python 3.11+ found and install what requirements.lock names, hashes checked.
set -eu
cd "$(dirname "$0")/.."

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if ! is_new_enough .venv/bin/python; then
    found=""
    for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$python"; then found=$python; break; fi
    done
    if [ -z "$found" ]; then
        echo "Chainrule needs Python 3.11 or newer: install one, or name yours with 'make PYTHON=/path/to/python serve'" >&2
        exit 1
    fi
    if ! "$found" -m venv --clear .venv; then
        echo "'$found -m venv .venv' failed (Debian, Ubuntu: apt-get install python3-venv)" >&2
        exit 1
    fi
fi

pip=".venv/bin/python -m pip install --quiet --disable-pip-version-check"
$pip --require-hashes -r requirements.lock
# hatchling comes from the lock, so the project itself builds with nothing fetched
$pip --no-deps --no-build-isolation --editable .

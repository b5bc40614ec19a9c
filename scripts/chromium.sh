#!/bin/sh
# Make sure a Chromium is there for the browser tests: through the system's packages when it is missing.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

give_up() {
    echo "no Chromium for the browser tests and $1: install it (Debian, Ubuntu: apt-get install chromium), then run 'make test' again" >&2
    exit 1
}

command -v apt-get >/dev/null 2>&1 || give_up "no apt-get here"
if [ "$(id -u)" -eq 0 ]; then
    root=""
elif sudo -n true 2>/dev/null; then
    root="sudo -n"
else
    give_up "no right to install packages"
fi

echo "installing Chromium for the browser tests"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
    $root apt-get update && $root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium
} >"$log" 2>&1 || { tail -n 5 "$log" >&2; give_up "installing it failed"; }
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || give_up "the package brought none"

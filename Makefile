# Two commands: `make serve` and `make test`. Each does its own set-up; a second run starts in seconds.

HOST ?= 127.0.0.1
PORT ?= 8000

BIN := .venv/bin
NODE := $(BIN)/python scripts/node.py

# two files of tests at a time, each whole in one process
TOGETHER := -n 2 --dist loadfile

# a stamp per step: it is done again only when what it was made from has changed
VENV := .venv/.stamp
MODULES := node_modules/.stamp
DIST := static/dist/.vite/manifest.json
# folders count too, so that a deleted file is noticed
SOURCES := $(shell find static/src ! -name schema.d.ts ! -name '*.test.ts' 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup serve test lint types unit web openapi docs golden bench lock clean

help:
	@echo "make serve    set up, build the front-end, start the server (HOST=$(HOST) PORT=$(PORT))"
	@echo "make test     set up, then lint, types, unit, API and browser tests"
	@echo "make setup    the environment and the built front-end, nothing started"
	@echo "make lint     ruff: rules and format        make types    pyright and svelte-check"
	@echo "make unit     vitest, then pytest without the browser"
	@echo "make web      build the front-end           make openapi  write docs/openapi.json"
	@echo "make docs     write docs/ops.md, limits.md  make golden   reference values, from PyTorch"
	@echo "make bench    measure beside the peers, write docs/benchmarks.md"
	@echo "make lock     resolve the lock files anew   make clean    remove all that was made"

setup: $(VENV) $(MODULES) $(DIST)

serve: setup
	@exec $(BIN)/chainrule serve --host $(HOST) --port $(PORT)

test: setup
	@scripts/chromium.sh
	@$(MAKE) --no-print-directory lint types
	$(NODE) npm run --silent test
	$(BIN)/python -m pytest $(TOGETHER)

lint: $(VENV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV) $(MODULES)
	$(NODE) pyright --warnings
	$(NODE) npm run --silent check

unit: $(VENV) $(MODULES)
	$(NODE) npm run --silent test
	$(BIN)/python -m pytest $(TOGETHER) --ignore=tests/browser

web: $(DIST)

openapi: $(VENV)
	$(BIN)/python -m app.openapi > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json

docs: $(VENV)
	$(BIN)/python scripts/docs.py

golden: .golden/.stamp
	.golden/bin/python tests/golden/make_ops.py
	.golden/bin/python tests/golden/make_optimizers.py
	.golden/bin/python tests/golden/make_writers.py
	.golden/bin/python tests/golden/make_random.py
	.golden/bin/python tests/golden/make_exports.py
	$(BIN)/python tests/golden/make_markup.py

bench: setup .bench/.stamp
	@scripts/chromium.sh
	.bench/bin/python -m benchmarks

# peers and the reference framework live in environments of their own
.golden/.stamp .bench/.stamp: %/.stamp: benchmarks/requirements.txt
	python3 -m venv $*
	$*/bin/pip install --quiet -r benchmarks/requirements.txt
	@touch $@

lock: $(VENV) $(MODULES)
	scripts/lock.sh

clean:
	rm -rf .venv .bench .golden node_modules static/dist static/src/shared/schema.d.ts build dist
	rm -rf .pytest_cache .ruff_cache .hypothesis
	find app engine tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV): requirements.lock pyproject.toml hatch_build.py scripts/venv.sh
	scripts/venv.sh
	@touch $@

$(MODULES): package.json package-lock.json .npmrc | $(VENV)
	$(NODE) npm ci --loglevel=error
	@touch $@

$(DIST): $(MODULES) $(SOURCES) docs/openapi.json vite.config.ts svelte.config.js tsconfig.json scripts/types.js
	$(NODE) npm run --silent build -- --logLevel warn
	@test -f $@ && touch $@

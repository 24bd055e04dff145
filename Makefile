# Two commands do everything on a fresh machine with Python 3.11: `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ONLY ?=
CYCLES ?= 100

.PHONY: venv run demo test lint bench faults clean
.DEFAULT_GOAL := run

venv: $(VENV)/ready

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或以上版本，当前为 $$($(PYTHON) --version)"; exit 2; }
	@echo "正在建立运行环境（首次约需一分钟）……"
	@$(PYTHON) -m venv $(VENV)

# Hashes pin every file and all dependencies are listed, so pip resolves nothing.
$(VENV)/ready: requirements.lock pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install -q --no-deps --require-hashes --disable-pip-version-check -r requirements.lock 2> >(grep -v '^WARNING: Location' >&2)
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation --disable-pip-version-check -e . 2> >(grep -v -e Warning -e '^ ' -e '^$$' >&2)
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	@$(BIN)/python -m pip install -q --no-deps --require-hashes --disable-pip-version-check -r requirements-dev.lock 2> >(grep -v '^WARNING: Location' >&2)
	@touch $@

run: venv
	@bash .ci/system fonts || true
	@$(BIN)/caifeng demo --run

demo: venv
	@$(BIN)/caifeng demo

test: $(VENV)/ready-dev
	@bash .ci/system fonts postgres chromium office pdf || [ -z "$$CI" ]
	@bash .ci/system mail || [ -z "$$CI" ]
	@$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered -q

lint: $(VENV)/ready-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

bench: $(VENV)/ready-dev
	@$(BIN)/python -m benchmarks $(ONLY)

faults: $(VENV)/ready-dev
	@$(BIN)/python -m tests.faults $(ONLY) --cycles $(CYCLES)

clean:
	rm -rf $(VENV) var build *.egg-info

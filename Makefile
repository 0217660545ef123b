# `make demo` runs the main job (--force: the committed drafts are made anew), `make test` the tests. Both set up .venv
# first; nothing is fetched when they run.

PYTHON ?= python3
# The transformers engine's tests want a torch for the CPU. A plain `torch` brings gigabytes of CUDA on Linux.
TORCH ?= torch==2.13.0

BIN := .venv/bin
TORCH_BIN := .venv-torch/bin

.PHONY: demo setup test test-torch lint model-smoke wheel clean

demo: setup
	$(BIN)/sanwen run examples --force || test $$? -eq 1 # 1: drafts with findings for the reviewer, as machine drafts have
	$(BIN)/sanwen publish examples --drafts
	@echo "Chinese articles and trilingual pages are in published/; the PO files in locales/*/LC_MESSAGES/"

setup: .venv/.done

.venv/.done: pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sanwen needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

.venv-torch/.done: pyproject.toml hatch_build.py
	$(PYTHON) -m venv .venv-torch
	$(TORCH_BIN)/python -m pip install --quiet --disable-pip-version-check '$(TORCH)'
	$(TORCH_BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,torch,training]'
	@touch $@

test: setup
	$(BIN)/python -m pytest -q -n 2 -m "not torch"

test-torch: .venv-torch/.done
	$(TORCH_BIN)/python -m pytest -q -m torch

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

model-smoke: .venv-torch/.done
	$(TORCH_BIN)/python training/smoke.py

wheel: setup
	$(BIN)/python -m build --wheel

clean:
	rm -rf .venv .venv-torch build dist .sanwen published .pytest_cache .mypy_cache .ruff_cache .hypothesis

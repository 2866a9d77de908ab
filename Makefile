PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet # errors only

.DEFAULT_GOAL := help

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(INSTALLED) ## create .venv with everything, so that .venv/bin/proviso is the command

# Python 3.11 to 3.13. Set PYTHON=python3.12, say, where `python3` is another version. The mark
# .installed comes last, so a set-up that was interrupted goes on with the next call.
$(INSTALLED): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else "Proviso needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Try: make setup PYTHON=python3.12" % v)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) for $$($(PYTHON) --version); the first time takes a minute or two." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## start the service on 127.0.0.1:8000 with a demonstration table, print a sign-in link
	$(BIN)/proviso serve --demo

test: setup ## run every test that this machine allows; say what was skipped and why
	$(BIN)/python -m pytest -n auto -rs

lint: setup ## format check, ruff, mypy, import directions, clause library
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/proviso library check

check-originality: setup ## hold the library against texts of others; PROVISO_EVAL_DIR is the folder they lie in
	$(BIN)/proviso library originality $(or $(PROVISO_EVAL_DIR),../shared/eval)

format: setup ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## speed and memory, printed
	$(BIN)/python tests/bench.py

bench-redline: setup ## redlines side by side with other programs, installed for it and thrown away; ARGS="--files OLD NEW"
	$(BIN)/python tests/bench_redline.py $(ARGS)

evaluate: setup ## quality of the comparison on the development sets
	$(BIN)/proviso evaluate

train: setup ## rebuild the learned part from the corpus; BASE is the folder of the published encoder
	$(BIN)/python models/training/train_second_reader.py passages --base $(BASE)
	$(BIN)/python models/training/train_second_reader.py pairs --base $(BASE)
	$(BIN)/python models/training/fit_weights.py

lock: ## renew the locks of versions and hashes (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements.lock
	uv pip compile --group build --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements-build.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --quiet --output-file requirements-dev.lock

.PHONY: help setup run test lint check-originality format bench bench-redline evaluate train lock

# `make demo` and `make test` need nothing but Python 3.11 or later and a package index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
POSTING ?= examples/postings/software-developer.txt
LEARNER ?= examples/learners/career-changer.txt

.PHONY: demo test lint check bench format golden clean

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(BIN)/.tested: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(BIN)/.installed
	$(BIN)/skillmatch setup
	$(BIN)/skillmatch gap $(POSTING) --evidence $(LEARNER)

test: $(BIN)/.tested
	$(BIN)/python -m pytest

lint: $(BIN)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: $(BIN)/.tested
	$(BIN)/python -m evaluation.bench

format: $(BIN)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(BIN)/.tested
	SKILLMATCH_REWRITE_GOLDEN=1 $(BIN)/python -m pytest tests/report

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# `make demo` and `make test` need nothing but Python 3.11 or later and a package index.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
POSTING ?= examples/postings/software-developer.txt
LEARNER ?= examples/learners/career-changer.txt
# Of `make fuzz`: minutes in all, or seconds for each class of readers; one target or class; whether
# new inputs are kept in tests/fuzz/corpus.
MINUTES ?= 10
SECONDS ?=
TARGET ?=
KEEP ?= yes

# Of `make test`: processes that share the tests; 0 runs them one after the other.
WORKERS ?= auto

# As the program has it; tests run side by side as it is.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: demo test lint check bench fuzz format golden clean

$(BIN)/.installed: pyproject.toml
	@echo "Installing the program and the packages it needs into $(VENV); this takes a minute or so."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(BIN)/.tested: $(BIN)/.installed
	@echo "Installing what the tests need."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

demo: $(BIN)/.installed
	@echo "Preparing ESCO and O*NET; the first time takes a few minutes, later ones a second."
	$(BIN)/skillmatch setup
	@echo
	$(BIN)/skillmatch gap $(POSTING) --evidence $(LEARNER)

test: $(BIN)/.tested
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal

lint: $(BIN)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

bench: $(BIN)/.tested
	$(BIN)/python -m evaluation.bench

# Not every system and Python has a wheel of atheris; python -m tests.fuzz says so and goes on.
$(BIN)/.fuzzing: $(BIN)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary atheris \
		--editable '.[test,fuzz]' || true
	touch $@

fuzz: $(BIN)/.fuzzing
	$(BIN)/python -m tests.fuzz --target '$(TARGET)' --keep $(KEEP) \
		$(if $(SECONDS),--seconds $(SECONDS),--minutes $(MINUTES))

format: $(BIN)/.tested
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(BIN)/.tested
	SKILLMATCH_REWRITE_GOLDEN=1 $(BIN)/python -m pytest tests/report \
		tests/api/test_api_openapi.py tests/api/test_api_client_contract.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Two commands matter: `make run` and `make test`.  Both set up what they need the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
PY := $(BIN)/python

.PHONY: run test check format bench locale constraints screenshots clean

run: $(VENV)/.run
	@$(PY) -m sgtui $(ARGS)

test: $(VENV)/.dev
	@$(PY) -m pytest $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) scripts/catalogues.py check

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	@$(PY) -m benchmarks $(ARGS)

locale: $(VENV)/.dev
	$(PY) scripts/catalogues.py update

screenshots: $(VENV)/.dev
	$(PY) scripts/screenshots.py

# Pins with hashes; no addresses are written into them.
UV_COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
  --no-annotate --no-emit-index-url --no-emit-find-links
UV_PROGRAM = $(UV_COMPILE) pyproject.toml --group build
constraints: $(VENV)/.dev
	$(UV_PROGRAM) --output-file constraints.txt
	$(UV_PROGRAM) --group dev --constraint constraints.txt --output-file constraints-dev.txt
	$(UV_COMPILE) --group examples --output-file constraints-examples.txt

$(PY):
	$(PYTHON) -m venv $(VENV)

# Hashes are checked for everything that is downloaded; the project itself is then installed without its dependencies.
$(VENV)/.run: constraints.txt pyproject.toml | $(PY)
	$(PY) scripts/install.py run
	@touch $@

$(VENV)/.dev: constraints-dev.txt constraints-examples.txt pyproject.toml | $(PY)
	$(PY) scripts/install.py dev
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Everything here runs from a fresh clone with Python 3.11+, make and a compiler.
UV_VERSION := 0.13.9
PYTHON ?= python3
TOOLS := .tools
UV := $(TOOLS)/bin/uv
BIN := .venv/bin
Q ?= Can I use third-party customer service tools that collect personal information in Missouri? What are the requirements?

# The packs and models handed in beside the checkout are used by themselves where they exist.
PACKS ?= $(wildcard ../shared/packs)
MODELS ?= $(wildcard ../shared/models)
EVALS ?= $(wildcard ../shared/evals)
export PINCITE_PACKS := $(if $(PACKS),$(abspath $(PACKS)),)
export PINCITE_MODELS := $(if $(MODELS),$(abspath $(MODELS)),)
export PINCITE_HOME ?= $(abspath .state)

.PHONY: setup ask test test-cluster check evals bench fuzz soak format clean
setup: .venv/.ready

$(UV):
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.ready: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --frozen --all-extras --quiet --python $(PYTHON)
	@touch $@

ask: setup
	@$(BIN)/pincite ask --sample-if-offline -- "$$Q"
ask: export Q := $(Q)

test: setup
	@$(BIN)/pytest -n 2 -m "not soak" $(ARGS)

# Three OpenSearch nodes on loopback from Maven Central, with Java 17 or later and Maven.
test-cluster: setup
	@$(BIN)/python -m tests.cluster.artifacts
	@TEST_CLUSTER=1 $(BIN)/pytest -m "not soak" tests/cluster tests/conformance $(ARGS)

check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/pyrefly check
	@$(BIN)/lint-imports --no-logo

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

evals: setup
	@test -n "$(EVALS)" || { echo "make evals: no question files; give EVALS=directory" >&2; exit 2; }
	@$(BIN)/pincite eval $(EVALS)/*.jsonl $(ARGS)

bench: setup
	@$(BIN)/python -m benchmarks.run $(ARGS)

fuzz: setup
	@$(BIN)/python -m fuzz.run $(ARGS)

soak: setup
	@$(BIN)/pytest -s -m soak $(ARGS)
	@$(BIN)/python -m fuzz.run

clean:
	@rm -rf .venv .tools .state dist build

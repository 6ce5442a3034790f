# The one door. `make film` on a fresh machine installs everything and builds the sample film.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
PEERS := .venv-peers

.PHONY: film test lint bench docs gallery soak clean

film: $(RUN)
	$(BIN)/studio build -C projects/lamplighter
	@echo "watch projects/lamplighter/out/feature.mp4"

test: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(DEV) $(PEERS)/.made
	$(BIN)/python -m bench

docs: $(DEV)
	$(BIN)/python -m docs.generate

gallery: $(DEV)
	$(BIN)/python -m docs.gallery
	$(BIN)/python -m docs.passes

soak: $(DEV)
	$(BIN)/python -m pytest -n 2 tests/e2e tests/studio --soak

$(RUN): pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "studio needs Python 3.11 or newer"'
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(DEV): $(RUN)
	$(PIP) -e '.[dev]'
	@touch $@

# what `make bench` compares with, in an environment of its own; one that does not install is left out
$(PEERS)/.made:
	$(PYTHON) -m venv $(PEERS)
	-$(PEERS)/bin/python -m pip install --quiet moviepy
	-$(PEERS)/bin/python -m pip install --quiet movis
	-$(PEERS)/bin/python -m pip install --quiet movielite
	-$(PEERS)/bin/python -m pip install --quiet doit
	@touch $@

clean:
	rm -rf $(VENV) $(PEERS) .cache/packs .cache/index.db* projects/*/out

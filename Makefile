# The one door. `make film` on a fresh machine installs everything and builds the sample film.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: film test lint bench docs soak clean

film: $(READY)
	$(BIN)/studio build -C projects/lamplighter
	@echo "watch projects/lamplighter/out/feature.mp4"

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python -m bench

docs: $(READY)
	$(BIN)/python -m docs.generate

soak: $(READY)
	$(BIN)/python -m pytest tests/e2e --soak

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "studio needs Python 3.11 or newer"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) .cache/packs .cache/index.db* projects/*/out

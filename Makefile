# All of it works on a fresh machine with Python >= 3.11 and make; everything goes into .venv of this folder.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
UV     := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)

.PHONY: help setup demo test check format render clean

help:
	@echo "make demo    voorbeeldverzameling indexeren en de site starten"
	@echo "make test    alle toetsen"
	@echo "make check   opmaak, lint, types, lagen"
	@echo "make render  de voorbeelddocumenten opnieuw maken uit hun bronnen"

setup: $(READY)

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 of nieuwer ontbreekt: installeer die (Debian: apt install python3), of geef PYTHON=... mee" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Pythons venv ontbreekt: installeer die (Debian: apt install python3-venv)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x "$(UV)" || $(BIN)/python -m pip install --quiet 'uv>=0.5.3'
	$(UV) sync --locked --inexact --group dev --compile-bytecode --python $(BIN)/python --quiet
	@touch $(READY)

demo: setup
	$(BIN)/kennisbank demo

test: setup
	$(BIN)/pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

render: setup
	$(BIN)/python tools/render_voorbeeld.py

clean:
	rm -rf $(VENV) dist build kennisbank-demo

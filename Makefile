# Two commands do everything on a fresh Debian or Ubuntu machine with Python 3.11:
#   make demo    installs, runs the main job on sample_docs/, shows the records
#   make test    installs, checks (changes nothing), tests
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Root installs system packages itself; others need a sudo that asks no password.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)

.PHONY: demo test check fix model tesseract clean

demo: $(VENV)/installed tesseract
	$(BIN)/docextract run sample_docs --output out --force \
	  --exclude '*.expected.json' --exclude make --exclude README.md \
	  --debug-images || [ $$? -eq 6 ]  # 6: some documents failed; two are made to
	$(BIN)/docextract show out

test: check tesseract
	$(BIN)/python -m pytest -n auto

check: $(VENV)/developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py tests/test_house.py

fix: $(VENV)/developing
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Makes the shipped weights again, in some three hours of two cores: make model DATA=DIR
model: $(VENV)/developing tesseract
	$(BIN)/python -m docextract.training.base --data $(DATA) --out build/first --without ndas
	$(BIN)/python -m docextract.training.base --data $(DATA) --out build/default \
	  --start build/first --steps 1700
	rm -rf docextract/weights/default && mkdir -p docextract/weights
	cp -r build/default docextract/weights/default && rm docextract/weights/default/report.html
	$(BIN)/python -m docextract.training.fitting rules --data $(DATA) --synthetic 60
	$(BIN)/python -m docextract.training.fitting scorer --data $(DATA)
	$(BIN)/python benchmarks/fit_confidence.py --data $(DATA) --held-out --workers 2

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "docextract needs Python 3.11 or newer; say which: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
	  || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq python3-venv && $(PYTHON) -m venv --clear $(VENV); } \
	  || { echo "no virtual environment can be made here; try: apt install python3-venv"; exit 1; }

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/developing: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/installed

# Tesseract is a system program. Without it the run goes on with RapidOCR.
tesseract:
	@command -v tesseract >/dev/null \
	  || { $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq tesseract-ocr tesseract-ocr-deu; } >/dev/null 2>&1 \
	  || echo "notice: Tesseract is not here and cannot be installed by this user; going on with RapidOCR. To add it: sudo apt install tesseract-ocr tesseract-ocr-deu"

clean:
	rm -rf $(VENV) out .mypy_cache .pytest_cache .ruff_cache

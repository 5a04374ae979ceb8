# make demo: two nodes on this machine. make test: everything a change must pass.
# `make help` lists the rest. All of it works inside this folder; the environment is .venv.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO_DIR ?= demo
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
INSTALL := $(PIP) install --require-hashes
SELF := $(PIP) install --no-deps --no-build-isolation -e .
RUN := $(VENV)/.runs
DEV := $(VENV)/.tests
PYTEST := $(BIN)/python -m pytest
ALL := $(PYTEST) -n 2 --dist loadgroup --durations 15
# What failed beside others runs once more by itself: a busy machine fails once, a fault twice.
AGAIN := { echo "Once more, by itself: what failed."; $(PYTEST) -p no:randomly --lf --lfnf none; }
SIM := cd tests && PYTHONPATH=../src:. ../$(BIN)/python -m sim

.DEFAULT_GOAL := help
.PHONY: help demo demo-check test check lint debian golden messages mutants planted peers sim fuzz bench shots versions \
	readme-map locks

help:  ## this list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

# --- the environment: stamps, so that a second run does nothing twice

$(BIN)/python:
	@sh ops/python.sh "$(PYTHON)"
	@echo "Making a Python environment in $(VENV)…"
	@"$(PYTHON)" -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Legation runs on, at the versions and hashes of requirements.lock…"
	@$(INSTALL) -r requirements.lock
	@$(SELF)
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "Installing what its tests run on, at the versions and hashes of requirements-dev.lock…"
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

debian:
	@sh ops/debian.sh

# --- to use

demo: $(RUN)  ## two nodes, introduced, holding the real dossier; open the addresses it prints
	@$(BIN)/legation demo --dir $(DEMO_DIR)

demo-check: $(RUN)  ## the whole story without a browser; one JSON verdict
	@$(BIN)/legation demo --dir $(DEMO_DIR)-check --check --json

# --- to change

test: $(DEV) debian  ## every test, and format, lint, types, layers; T=path for one file
	@$(if $(T),$(PYTEST) $(T),$(ALL) || $(AGAIN))
	@$(if $(T),:,$(SIM) --schedules 2000 --seconds 120)

check: lint  ## as test, but the quick checks first (this is what CI must find green)
	@$(MAKE) --no-print-directory test PYTEST="$(PYTEST) -m 'not lint'"

lint: $(DEV)  ## format, lint, types, layers, templates
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --quiet --lint src
	@$(BIN)/mypy --no-error-summary

golden: $(DEV)  ## write the sample bytes in tests/golden anew; then read their diff
	@$(PYTEST) -q -n0 --golden -m golden

messages: $(DEV)  ## collect every word an officer reads into the translation catalogues (L="ru tr")
	@$(BIN)/python ops/messages.py $(L)

readme-map: $(DEV)  ## write the map in README.md from the packages' docstrings
	@$(BIN)/python ops/readme_map.py

locks:  ## resolve the lock files again; UPGRADE=1 moves to the newest versions
	@sh ops/locks.sh $(if $(UPGRADE),--upgrade)

# --- to trust

mutants: $(DEV)  ## plant faults in a pure part and see the tests find them (M=record)
	@sh ops/mutants.sh $(or $(M),record)

sim: $(DEV)  ## the line under loss, forgery, crashes and restores (N=schedules)
	@$(SIM) --schedules $(or $(N),20000)

fuzz: $(DEV)  ## every parser of outside bytes, for a long time
	@HYPOTHESIS_PROFILE=long $(PYTEST) -q -n 2 -m fuzz

versions: $(DEV)  ## two nodes of different versions exchange notes, then the older is brought up (OLD=commit)
	@$(BIN)/python ops/versions.py $(OLD)

planted: $(DEV)  ## plant faults in the solver of packages and see the tests find each
	@$(BIN)/python ops/planted.py

peers:  ## what figures are held against, each in an environment of its own under build/peers
	@[ -x build/peers/negmas/bin/python ] || "$(PYTHON)" -m venv build/peers/negmas
	@build/peers/negmas/bin/python -m pip --disable-pip-version-check -qq install negmas==0.16.0

bench: $(DEV)  ## the figures of bench/README.md, short form (LONG=1 for all sizes)
	@$(BIN)/python -m bench $(if $(LONG),--long)

shots: $(DEV) debian  ## the pictures in docs/pictures, from two running nodes
	@$(BIN)/python ops/shots.py

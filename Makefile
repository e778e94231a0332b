# `make run` opens Sayback; `make test` proves it. Everything is set up on the way, into .venv.

PYTEST := .venv/bin/python -m pytest
# One process more than there are cores: many tests wait for a browser, a server or a clock.
SIDE_BY_SIDE := -n $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1))) --dist worksteal
# Files of tests stand in memory where there is room: they wait for the disk thousands of times. What a disk does is proved by the faults, on it.
IN_MEMORY := $(shell [ -w /dev/shm ] && [ "$$(df --output=avail -k /dev/shm 2>/dev/null | tail -1)" -gt 4000000 ] && echo TMPDIR=/dev/shm)
QUICK := not (long or bench or browser or faults or slow)
DOORLESS := $(addprefix tests/core/,base domain store post sense) $(wildcard tests/core/test_*.py) tests/house
# Compiled modules are kept even where the environment says not to: every process that a test starts would compile the house anew.
unexport PYTHONDONTWRITEBYTECODE
# A Linux machine without a screen needs no Qt: main.py serves a workshop there and says so.
SCREEN := $(if $(filter Linux,$(shell uname -s)),$(DISPLAY)$(WAYLAND_DISPLAY),yes)

.PHONY: run test test-fast test-long bench check words lock clean

run:    ## open the desk, or without a screen serve a workshop; make run ARGS="serve my.sayback"
	@tools/setup $(if $(SCREEN),run-desk,run-headless)
	@.venv/bin/python main.py $(ARGS)

test: check    ## everything but the long repetitions; at most 15 minutes
	$(IN_MEMORY) PYTHONHASHSEED=1 $(PYTEST) $(SIDE_BY_SIDE) -m "not (long or bench or faults)"
	$(PYTEST) $(SIDE_BY_SIDE) -m "faults and not (long or alone)"    # on the disk
	$(PYTEST) -m "alone and not long"    # these measure time, must meet a moment, or need their ports: one at a time
	$(IN_MEMORY) PYTHONHASHSEED=2 $(PYTEST) -q $(SIDE_BY_SIDE) tests/core -m "$(QUICK)"    # nothing may lean on the order of a map

test-fast:    ## at most a minute: what needs no door (domain, log, session, post, the house itself); other rooms by their folder
	@tools/setup tests
	$(IN_MEMORY) $(PYTEST) -q $(SIDE_BY_SIDE) $(DOORLESS) -m "$(QUICK)" --hypothesis-profile=fast

test-long:    ## the long repetitions: kills, soaks, thousands of examples
	@tools/setup tests
	$(PYTEST) -m long --hypothesis-profile=long -o faulthandler_timeout=1800

check:    ## style, types and floors
	@tools/setup tests
	.venv/bin/ruff check
	.venv/bin/mypy $(wildcard main.py core ui tests tools)
	.venv/bin/lint-imports --no-logo

bench:    ## the figures, side by side with a floor
	@tools/setup tests
	.venv/bin/python -m tests.bench $(ARGS)

words:    ## the catalogues from the source; make words ARGS="--todo cy" lists what Welsh does not say yet
	@tools/setup tests
	.venv/bin/python tools/words.py $(ARGS)

lock:    ## pin again from pyproject.toml; make lock ARGS=--upgrade takes the newest
	@tools/setup tests
	tools/lock $(ARGS)
	@tools/setup tests
	.venv/bin/python tools/sbom.py --licences > docs/licences.csv

clean:    ## take away what these commands made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two commands matter: `make run` and `make test`. Each prepares .venv first where that is needed.
PYTHON ?= python3
BIN    := .venv/bin
STAMP  := .venv/.installed
DIST   ?= dist
WORKERS ?= auto
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

.DEFAULT_GOAL := help
.PHONY: help setup run test e2e check format wheel lock clean

help:
	@echo "make run              run the pipeline on the example site, publish into output/"
	@echo "make run INPUT=PATH   the same on your own file, folder or WARC"
	@echo "make test             the test suite"
	@echo "make e2e              schedules, killed processes, PostgreSQL, Dask, S3, the site in a browser; some minutes"
	@echo "make check            lint, types and docs"
	@echo "make format           let ruff format and mend what it can"
	@echo "make wheel            a wheel with extraction compiled, into dist/; needs a C compiler"
	@echo "make setup            only prepare .venv"
	@echo "make lock             pin the dependencies anew (needs uv)"
	@echo "make clean            remove .venv and caches; never data/ or output/"

setup: $(STAMP)

# --no-deps: the lock file is complete, and pip's hash mode trips over its extras (sqlalchemy[asyncio]).
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "qzetl needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@echo "Preparing .venv (once; some minutes on a slow line) …"
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation -e .
	@touch $@

run: $(STAMP)
ifdef INPUT
	@$(BIN)/python flows/daily.py --input "$(INPUT)"
else
	@$(BIN)/python examples/run.py $(BIN)/python flows/daily.py
endif

test: $(STAMP)
	@$(BIN)/python -m pytest -m "not ops" -n $(WORKERS) --dist loadfile $(ARGS)

e2e: $(STAMP)
	@$(BIN)/python -m pytest -m "ops or e2e" tests/operations tests/site $(ARGS)

check: $(STAMP)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/python scripts/check_docs.py
	@$(BIN)/python scripts/data_dictionary.py --check

format: $(STAMP)
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

# The tools are those of .venv, which the lock pins with hashes: nothing is fetched.
wheel: $(STAMP)
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(BIN)/python -m pip wheel --quiet --disable-pip-version-check \
	  --no-deps --no-build-isolation --wheel-dir "$(DIST)" .
	@ls "$(DIST)"/qzetl-*-cp*.whl

lock:
	uv pip compile --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml \
	  -o requirements.lock --no-emit-index-url

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Two commands do all the set-up: `make demo` and `make test`. Each builds its own virtual
# environment from a fully hashed lock file. `make help` lists the rest.

PYTHON ?= python3
RUN := .venv
TEST := .venv-test
SPARK := .venv-spark
ORACLES := .venv-oracles
PIP := install --quiet --disable-pip-version-check --no-input
PYTEST := $(TEST)/bin/python -m pytest

.PHONY: study help demo test check coverage test-screens test-web screenshots test-screens-postgres test-postgres test-register test-crash test-paper test-hostile test-demo test-properties test-statistics test-spark test-oracles test-all bench bench-large docs docs-check lock clean
.DEFAULT_GOAL := help

help:  ## List the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-21s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(RUN)/ready: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(RUN)
	$(RUN)/bin/python -m pip $(PIP) --require-hashes -r requirements/run.txt
	$(RUN)/bin/python -m pip $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST)/ready: requirements/test.txt pyproject.toml
	$(PYTHON) -m venv $(TEST)
	$(TEST)/bin/python -m pip $(PIP) --require-hashes -r requirements/test.txt
	$(TEST)/bin/python -m pip $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(SPARK)/ready: requirements/spark.txt pyproject.toml
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip $(PIP) --require-hashes -r requirements/spark.txt
	$(SPARK)/bin/python -m pip $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(ORACLES)/ready: requirements/oracles.txt pyproject.toml
	$(PYTHON) -m venv $(ORACLES)
	$(ORACLES)/bin/python -m pip $(PIP) --require-hashes -r requirements/oracles.txt
	$(ORACLES)/bin/python -m pip $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

demo: $(RUN)/ready  ## The West Midlands example on screen; REAL=folder adds police.uk data
	REGARD_HOME=$${REGARD_HOME:-demo} $(RUN)/bin/regard demo build $(if $(filter 0,$(REGARD_DEMO_SERVE)),,--no-answers) $(if $(REAL),--real $(REAL))
	@REGARD_HOME=$${REGARD_HOME:-demo} $(RUN)/bin/regard demo $(if $(filter 0,$(REGARD_DEMO_SERVE)),sign-ins,serve)

test: $(TEST)/ready check  ## The fast suite: unit, property, agreement, house
	$(PYTEST) -n 2

test-screens: $(TEST)/ready  ## Whole commands and pages, given as their users give them
	$(PYTEST) -n 2 -m "screens and not slow"

test-web: $(TEST)/ready  ## Every page for every post: who may, how many questions, in a real browser
	$(PYTEST) -n 2 -m "web or browser"

screenshots: $(TEST)/ready  ## Take the pages of the example anew for the documentation
	REGARD_SCREENSHOTS=1 $(PYTEST) -m browser tests/web/browser/test_screenshots.py

test-screens-postgres: $(TEST)/ready  ## The pages again, on a PostgreSQL of the run's own
	REGARD_TEST_DATABASE=$${REGARD_TEST_DATABASE:-postgres} $(PYTEST) -n 2 -m "screens and not slow or web" \
	  --ignore=tests/web/browser tests/web

check: $(TEST)/ready docs-check  ## Lint, format, types, layers, spelling, generated docs
	$(TEST)/bin/ruff check src tests bench docs
	$(TEST)/bin/ruff format --check src tests bench docs
	$(TEST)/bin/lint-imports --no-cache
	$(TEST)/bin/mypy
	$(TEST)/bin/codespell src tests docs bench README.md GLOSSARY.md CHANGELOG.md CONTRIBUTING.md SECURITY.md

test-postgres: $(TEST)/ready  ## What keeps a register, again on a PostgreSQL of the run's own
	REGARD_TEST_DATABASE=$${REGARD_TEST_DATABASE:-postgres} $(PYTEST) -n 2 -m "(not slow and not screens) or postgres" \
	  tests/test_clusters.py $(wildcard tests/register tests/assurance tests/board)

test-register: $(TEST)/ready  ## Crash, tampering and forgery of the register at full effort
	$(PYTEST) -m register

test-crash: $(TEST)/ready  ## Kill an importer at 40 random points on a million rows, twice over
	$(PYTEST) -m crash

test-paper: $(TEST)/ready  ## Render papers and look at them with outside validators
	$(PYTEST) -m paper

test-properties: $(TEST)/ready  ## Every law on 200 examples; the fast suite tries 25
	REGARD_EXAMPLES=200 $(PYTEST) -n 2 -m "law or (hypothesis and not slow and not screens)"

test-statistics: $(TEST)/ready  ## Ranges that cover the truth, and sentences over many series
	$(PYTEST) -n 2 -m statistics

test-hostile: $(TEST)/ready  ## Send a thousand hostile files through the screens
	$(PYTEST) -m hostile

test-demo: $(TEST)/ready  ## The demonstration and a force's own site, end to end; the real data
	REGARD_DEMO_SERVE=0 $(PYTEST) -m "demo or real"

test-spark: $(SPARK)/ready  ## The same tables from Spark
	$(SPARK)/bin/python -m pytest -m spark

test-oracles: $(ORACLES)/ready  ## Agreement with other people's packages, in their own environment
	$(ORACLES)/bin/python -m pytest -m oracle tests/agreement

test-all: test coverage test-screens test-web test-screens-postgres test-postgres test-register test-crash test-paper test-hostile test-demo test-spark test-oracles  ## Every kind of test, one after another

coverage: $(TEST)/ready  ## Every branch of the core is tested
	$(TEST)/bin/python -m coverage run --branch --source=regard.core -m pytest -q tests/core
	$(TEST)/bin/python -m coverage report --show-missing --fail-under=100

bench: $(TEST)/ready  ## Ratios against pandas, Polars and plain Python; writes the evidence
	$(TEST)/bin/python -m bench

bench-large: $(TEST)/ready  ## 200 kills on 10 million rows; 100 million rows counted
	$(TEST)/bin/python -m bench --large

study: $(TEST)/ready  ## Every simulation study, with peers where .venv-oracles is; writes the evidence
	$(TEST)/bin/python -m bench.studies $(NAMES)

docs: $(TEST)/ready  ## Write docs/reference again from the code
	$(TEST)/bin/python -m docs.build_reference

docs-check: $(TEST)/ready  ## Is docs/reference what the code says?
	$(TEST)/bin/python -m docs.build_reference --check

lock:  ## Make the lock files again (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --custom-compile-command 'make lock' pyproject.toml --group build -o requirements/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --custom-compile-command 'make lock' pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --custom-compile-command 'make lock' pyproject.toml --extra spark --group test -c requirements/test.txt -o requirements/spark.txt

	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --custom-compile-command 'make lock' pyproject.toml --group oracles -o requirements/oracles.txt

clean:  ## Remove what these commands built
	rm -rf $(RUN) $(TEST) $(SPARK) $(ORACLES) demo build dist

# The portal's commands. `make help` prints them.

PORT ?= 8000
HOST ?= 127.0.0.1
export PORT HOST

PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check unit unit-postgres e2e bench fmt lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: ## Prepare what is missing, then start the site and its worker (PORT=8000 HOST=127.0.0.1)
	@bin/run

test: ## Everything: check, unit tests on SQLite and on PostgreSQL, browser tests
	@bin/system-packages base browser
	@bin/python-packages dev
	@bin/languages
	@$(MAKE) --no-print-directory check unit unit-postgres e2e

check: ## Lint, format, templates, types, migrations, deployment settings
	@bin/python-packages dev
	@bin/check

unit: ## Unit tests on SQLite
	@bin/python-packages dev
	$(PY) -m pytest -q -n 2 -m "not e2e"

unit-postgres: ## Unit tests on PostgreSQL
	@bin/python-packages dev
	$(PY) -m tests.postgres $(PY) -m pytest -q -n 2 -m "not e2e"

e2e: ## Browser tests, in headless Chromium on PostgreSQL
	@bin/python-packages dev
	$(PY) -m tests.postgres $(PY) -m pytest -q -m e2e tests/e2e

bench: ## Measure the pages against their targets on a seeded database
	@bin/system-packages base browser
	@bin/python-packages dev
	@bin/languages
	@$(PY) -m benchmarks.run

fmt: ## Format Python and templates
	@bin/python-packages dev
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format .
	-@.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html')

lock: ## Write requirements/*.txt again from pyproject.toml
	bin/lock

clean: ## Remove the virtual environment; data and keys stay
	rm -rf .venv

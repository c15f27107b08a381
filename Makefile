# The commands people use. `make demo` and `make test` do all their own set-up.
# The system's own Python when it is new enough: distributions build theirs for speed, and their updates mend it.
new_enough = import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(shell for one in /usr/bin/python3 python3; do $$one -c '$(new_enough)' 2>/dev/null && echo $$one; done) python3)
RUN := .venv/bin/python

.PHONY: help setup setup-dev demo run test check types lint imports translations bench bench-engine bench-pipeline bench-web bench-workforce bench-planning profiles-score soak lock clean

help: ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: ## install what the program needs
	@$(PYTHON) tools/prepare.py

setup-dev: ## install what its development needs as well
	@$(PYTHON) tools/prepare.py --dev

demo: setup ## a demonstration county with equipment that really answers, on this machine alone
	@exec $(RUN) manage.py demo

run: setup ## the program, empty at first
	@exec $(RUN) manage.py run

test: setup-dev check ## every check and test
	@$(RUN) -m pytest -n 2 --dist loadfile

check: setup-dev lint types imports ## style, types, direction of imports

lint:
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types:
	@.venv/bin/mypy .

imports:
	@.venv/bin/lint-imports --no-cache

bench: bench-engine bench-pipeline bench-web bench-workforce bench-planning ## figures, against their goals and against other tools

bench-engine: setup-dev
	@$(RUN) -m bench.engine

bench-pipeline: setup-dev
	@$(RUN) -m bench.pipeline

bench-web: setup-dev
	@$(RUN) -m bench.web

bench-workforce: setup-dev
	@$(RUN) -m bench.workforce

bench-planning: setup-dev
	@$(RUN) -m bench.planning
	@$(RUN) -m bench.marks

profiles-score: setup-dev ## how well recordings of real equipment are understood
	@$(RUN) -m monitoring.probes.score

soak: setup-dev ## the long fault tests
	@$(RUN) -m pytest -m soak tests/soak

lock: ## pin every package by hash (needs uv)
	uv pip compile pyproject.toml -o requirements.txt --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11
	uv pip compile pyproject.toml --group dev -o requirements-dev.txt --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11
	uv pip compile --group node -o requirements-node.txt --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

# Everything a person or the CI runs. `make help` lists it.
PYTHON := .venv/bin/python
DATA ?=
INBOX ?=
data_flag = $(if $(DATA),--data "$(DATA)",)

.PHONY: help setup demo run test fast check lock sample train accuracy houses classes bench soak clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / - /'

setup: .venv/.ready  ## the virtual environment from the lock, and the system's packages that are missing

.venv/.ready: requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup

demo: setup  ## one batch over a copy of the sample letters, into a throw-away folder
	@bash .ci/demo

run: setup  ## one batch over your own inbox: make run INBOX=folder
	@test -n "$(INBOX)" || { echo "make run: no inbox: say which folder, as in: make run INBOX=/path/to/letters" >&2; exit 2; }
	@$(PYTHON) -m pipeline run --inbox "$(INBOX)" $(data_flag)

test: setup  ## every test, slow ones too
	@$(PYTHON) -m pytest -q -n 2 --dist loadgroup -m "not soak"

fast: setup  ## the tests that take a second or less each
	@$(PYTHON) -m pytest -q -n 2 --dist loadgroup -m "not soak and not slow"

soak: setup  ## the tests that take minutes to hours
	@$(PYTHON) -m pytest -q -m soak --timeout 7200

check: setup  ## lint, format, types, layers
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache --config pyproject.toml

lock: setup  ## requirements.lock anew from pyproject.toml
	@.venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	  --group dev --extra postgresql pyproject.toml -o requirements.lock --upgrade -q

sample: setup  ## the sample letters anew from their seed
	@$(PYTHON) -m sample_letters.generator --out sample_letters

train: setup  ## the weights of the second opinions on reasons, kinds, time limits and requests anew, from their sentences
	@$(PYTHON) -m pipeline.extract.reasons.training tests/extract/reason_bank
	@$(PYTHON) -m pipeline.extract.clocks.training
	@$(PYTHON) -m pipeline.extract.requests.training

accuracy: setup  ## how right the reading is, on the sample letters (DIR=folder for other documents with gold)
	@.venv/bin/denials evaluate $(or $(DIR),sample_letters)

houses: setup  ## how right the reading is on house styles and wordings kept apart from rule writing (COUNT=1000, SEED=2026)
	@rm -rf build/houses
	@$(PYTHON) -m sample_letters.generator --out build/houses --seed $(or $(SEED),2026) --count $(or $(COUNT),1000) \
	  --houses apart --text --joined build/houses/joined
	@.venv/bin/denials evaluate build/houses/joined

classes: setup  ## how right the reading is by page class: text, scan, faxes, photo, rotated, batch (an hour)
	@$(PYTHON) -m benchmarks.classes

bench: setup  ## the figures of docs/performance.md (RUNS=5 for medians of five; takes a while)
	@$(PYTHON) -m benchmarks --runs $(or $(RUNS),1)
	@$(PYTHON) -m benchmarks.scans --runs $(or $(RUNS),1)
	@$(PYTHON) -m benchmarks.born_digital --runs $(or $(RUNS),1)
	@$(PYTHON) -m benchmarks.hundred_thousand

clean:  ## what can be made again
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

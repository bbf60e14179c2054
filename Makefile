# `make help` lists the commands.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# without compiled files beside the sources each of some hundred processes compiles them anew
unexport PYTHONDONTWRITEBYTECODE

PIP   := $(BIN)/python -m pip install --disable-pip-version-check
# uv takes seconds where pip takes a minute or two; pip also finds what only its own settings lead to
UV    := uv==0.13.9
ADD    = ($(PIP) --quiet $(UV) && $(BIN)/uv pip install --python $(BIN)/python -r $(1)) || $(PIP) --progress-bar off -r $(1)

.PHONY: help run dev test suite check bench odk clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

# the stamp is younger than the list it was installed from: a second run needs no network
$(VENV)/run.stamp: requirements.txt
	@echo "installing what the app needs into $(VENV) (half a minute the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(call ADD,requirements.txt)
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt
	@echo "installing what the tests need into $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(call ADD,requirements-dev.txt)
	@touch $@ $(VENV)/run.stamp

run: $(VENV)/run.stamp ## set up what is missing, then serve (PORT, DATABASE_URL, ONBOARDING, ...)
	@$(BIN)/python manage.py run

dev: $(VENV)/run.stamp ## serve, and reload when a file changes
	@STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto STREAMLIT_SERVER_RUN_ON_SAVE=true $(BIN)/python manage.py run

check: $(VENV)/dev.stamp ## style, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(VENV)/dev.stamp ## everything: checks, unit, pages, browser, both databases
	@$(MAKE) --no-print-directory -j2 check suite

# three processes for two cores: those that drive a browser often wait
suite: $(VENV)/dev.stamp
	@$(BIN)/python manage.py pack
	@$(BIN)/python -m pytest -n 3 --dist loadgroup

bench: $(VENV)/dev.stamp ## speed, as ratios in one run
	@$(BIN)/python manage.py pack
	@$(BIN)/python -m tests.benchmarks.run

tests/odk/node_modules: tests/odk/package.json
	@cd tests/odk && npm install --silent && touch node_modules

odk: $(VENV)/dev.stamp tests/odk/node_modules ## our forms engine against ODK's own (needs Node)
	@$(BIN)/python -m tests.odk.agreement

clean: ## remove what was made, but never the data in var/data and var/keys
	@rm -rf $(VENV) var/static pages/static .pytest_cache .mypy_cache .ruff_cache .hypothesis

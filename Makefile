# Every target sets up what it needs; on a bare machine only Python (3.11 or later) and make are required.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := requirements/dev.txt
READY  := $(VENV)/.ready

.PHONY: help setup demo test soak check format screenshots problems bench bench-heavy lock system-packages clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(READY) ## make .venv with the program and its tools in it

$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "oncetui needs Python 3.11 or later; say which: make setup PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "this Python has no venv module (Debian: apt install python3-venv)" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## the wizard against a simulated Exchange, in a throw-away home
	@$(BIN)/oncetui demo

test: setup ## all tests
	@$(BIN)/python -m pytest

soak: setup ## the tests that take minutes: weeks of faults, 200 kills, every byte of a write cut
	@nice $(BIN)/python -m pytest -m soak

check: setup ## lint, format, types, architecture
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put the code in shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

screenshots: setup ## draw the pictures of the README from the running program
	@env -u NO_COLOR TERM=xterm-256color COLORTERM=truecolor $(BIN)/python -m screenshots.draw

problems: setup ## write docs/problems.md from the catalogue of causes
	@$(BIN)/python -m tests.causes.page

bench: setup ## measure what the README claims about speed
	@$(BIN)/python -m benchmarks

bench-heavy: setup ## measure a calendar with 100,000 items over ten years, beside exchangelib itself; minutes
	@$(BIN)/python -m benchmarks --heavy

lock: ## resolve the dependencies anew
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  --group dev --group build pyproject.toml --output-file $(LOCK)

system-packages: ## Debian's servers that some tests run against (they skip where these are absent)
	@command -v apt-get >/dev/null || { echo "no apt-get here: tests with real servers will skip"; exit 0; }; \
	if command -v gnome-keyring-daemon >/dev/null && command -v dbus-run-session >/dev/null && command -v squid >/dev/null \
	  && test -x /usr/sbin/krb5kdc && command -v kinit >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO="sudo -n"; fi; \
	{ $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
	  dbus gnome-keyring squid krb5-kdc krb5-admin-server krb5-user libkrb5-dev >/dev/null; } || echo "system packages not installed: tests with real servers will skip"

clean: ## remove what was made here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist

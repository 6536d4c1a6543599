# Any Python from 3.11 will serve the page; training and the tests need 3.11 to 3.13.
PYTHON ?= python3
PORT ?= 8000
VENV = .venv/bin/python
# Training and export use the page's own package.
export PYTHONPATH = site

.DEFAULT_GOAL := help
# Two targets at once would set up the same .venv.
.NOTPARALLEL:

# To see what there is.
.PHONY: help
help:
	@awk '/^# /{said = substr($$0, 3)} /^\.PHONY/{printf "make %-12s %s\n", $$2, said}' Makefile

# To bring PyScript, Pyodide, numpy, Pillow and MicroPython into site/runtime, MNIST into site/samples.
.PHONY: site
site:
	@$(PYTHON) -m export.machine page
	@$(VENV) -m export.runtime
	@$(VENV) -m export.samples
	@$(VENV) -m export.precache

# To put a copy on any static host: packs the page into dist/inkling-VERSION.zip, with checksums.
.PHONY: dist
dist: site
	@$(VENV) -m export.dist

# To use the page: serves it on http://localhost:8000/ (PORT=8001 for another port).
.PHONY: serve
serve: site
	@$(VENV) -m export.serve $(PORT)

# To train the network from scratch, export it and measure it.
.PHONY: train
train: tools
	$(VENV) -m training.train
	$(VENV) -m export.model
	$(VENV) -m training.evaluate
	$(VENV) -m export.hard

# To train other networks on the same glyphs, and compare; `make evaluate` then shows it.
.PHONY: compare
compare: tools
	$(VENV) -m training.compare

# To see within a minute whether training works at all.
.PHONY: train-smoke
train-smoke: tools
	$(VENV) -m training.train --smoke

# To write ONNX and numpy weights from a trained network, with a report on whether they agree.
.PHONY: export
export: tools
	$(VENV) -m export.model

# To measure the committed weights.
.PHONY: evaluate
evaluate: tools
	$(VENV) -m training.evaluate

# To measure how whole numbers are read: as people wrote them, and composed of single digits.
.PHONY: strings
strings: tools
	$(VENV) -m training.strings

# To measure it by networks that have not learnt from the same people's numbers: an hour.
.PHONY: folds
folds: tools
	$(VENV) -m training.folds

# To know that everything works: lint, then all tests, in a real browser too.
.PHONY: test
test: lint site
	@$(PYTHON) -m export.machine browser
# Where the page does not start at all, every further test of it would wait for minutes.
	$(VENV) -m pytest --maxfail=10

# To read 10,000 altered pictures and 2,000 altered model files in search of one that does harm.
.PHONY: fuzz
fuzz: tools
	PYTHONPATH=.:site $(VENV) -m tests.fuzz

# To have 10,000 digits read in one page, and each file that a visit asks for altered in turn.
.PHONY: soak
soak: site
	@$(PYTHON) -m export.machine browser
	$(VENV) -m pytest -s tests/browser/soak.py tests/browser/every_file.py

# To measure the page beside onnxruntime-web and TensorFlow.js, on a machine that is idle otherwise.
.PHONY: bench
bench: site
	@$(PYTHON) -m export.machine browser
	$(VENV) -m tests.bench

# To make the README's pictures of the page anew.
.PHONY: screenshots
screenshots: site
	@$(PYTHON) -m export.machine browser
	$(VENV) -m pytest tests/browser/screenshots.py

# To see whether the code keeps to the house's style.
.PHONY: lint
lint: tools
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .

# To put the code into the house's style.
.PHONY: format
format: tools
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

# To install what training, linting and the tests need into .venv.
.PHONY: tools
tools:
	@$(PYTHON) -m export.machine tools

# To start over: removes what was built and set up here; downloads stay in the cache.
.PHONY: clean
clean:
	rm -rf site/runtime site/samples site/precache.json site/version.js site/ui/packed.json site/inkling/*.whl build dist .venv .pytest_cache .ruff_cache .hypothesis

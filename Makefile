# Any Python from 3.11 will serve the page; training and the tests need 3.11 to 3.13.
PYTHON ?= python3
PORT ?= 8000
VENV = .venv/bin/python
# Training and export use the page's own package.
export PYTHONPATH = site
# The modules that a user of the package imports.
REFERENCE = inkling inkling.batch.rows inkling.classifier inkling.image.pixels inkling.many inkling.output inkling.value inkling.widget

.DEFAULT_GOAL := help
# Two targets at once would set up the same .venv.
.NOTPARALLEL:

# List the targets.
.PHONY: help
help:
	@awk '/^# /{said = substr($$0, 3)} /^\.PHONY/{printf "make %-12s %s\n", $$2, said}' Makefile

# Fetch what the page runs on into site/runtime, and MNIST's test digits into site/samples.
.PHONY: site
site:
	@$(PYTHON) -m export.setup.machine page
	@$(VENV) -m export.site.runtime
	@$(VENV) -m export.site.samples
	@$(VENV) -m export.site.precache

# Pack the page into dist/inkling-VERSION.zip, with checksums, for any static host.
.PHONY: dist
dist: site
	@$(VENV) -m export.site.dist

# Serve the page on http://localhost:8000/ (PORT=8001 for another port).
.PHONY: serve
serve: site
	@$(VENV) -m export.site.serve $(PORT)

# Train the network from scratch, fit how it reads numbers, export and measure it.
.PHONY: train
train: tools
	$(VENV) -m training.train
	$(VENV) -m training.numbers.fit_costs
	$(VENV) -m training.export_model
	$(VENV) -m training.numbers.fit_acceptance
	$(VENV) -m training.export_model
	$(VENV) -m training.teaching.prototypes
	$(VENV) -m training.first_look.train
	$(VENV) -m training.first_look.evaluate
	$(VENV) -m training.evaluate
	$(VENV) -m training.evaluation.hard_samples

# Train other networks on the same glyphs; `make evaluate` then compares them.
.PHONY: compare
compare: tools
	$(VENV) -m training.compare

# Check within a minute that training works.
.PHONY: train-smoke
train-smoke: tools
	$(VENV) -m training.train --smoke

# Write ONNX and numpy weights from the trained network, and compare their answers.
.PHONY: export
export: tools
	$(VENV) -m training.export_model

# Measure the committed weights.
.PHONY: evaluate
evaluate: tools
	$(VENV) -m training.evaluate

# Train the network of the first look and measure it: five minutes, where drawings are cached.
.PHONY: train-first-look
train-first-look: tools
	$(VENV) -m training.first_look.train
	$(VENV) -m training.first_look.evaluate
	$(VENV) -m training.report.documents

# Measure what teaching a reader one person's hand changes: ten minutes.
.PHONY: evaluate-teaching
evaluate-teaching: tools
	$(VENV) -m training.teaching.evaluate

# Train the line network, export it and measure it: an hour.
.PHONY: train-lines
train-lines: tools
	$(VENV) -m training.lines.train
	$(VENV) -m training.lines.export_model
	$(VENV) -m training.lines.fit_rules
	$(VENV) -m training.lines.export_model
	$(VENV) -m training.lines.evaluate
	$(VENV) -m training.report.documents

# Measure how lines are read, with and without the line network.
.PHONY: evaluate-lines
evaluate-lines: tools
	$(VENV) -m training.lines.evaluate
	$(VENV) -m training.report.documents

# Train the letter network, export it and measure it: an hour.
.PHONY: train-letters
train-letters: tools
	$(VENV) -m training.letters.train
	$(VENV) -m training.letters.export_model
	$(VENV) -m training.letters.evaluate

# Measure how letters and codes are read.
.PHONY: evaluate-letters
evaluate-letters: tools
	$(VENV) -m training.letters.evaluate

# Measure how pages of numbers are found and read: fifteen minutes.
.PHONY: evaluate-tables
evaluate-tables: tools
	$(VENV) -m training.tables.evaluate

# Measure how whole numbers are read, as people wrote them and composed of single digits.
.PHONY: strings
strings: tools
	$(VENV) -m training.numbers.evaluate

# Measure numbers with networks that were not trained on their writers: an hour.
.PHONY: folds
folds: tools
	$(VENV) -m training.numbers.cross_validate

# Run lint, then all tests, in a real browser too.
.PHONY: test
test: lint site
	@$(PYTHON) -m export.setup.machine browser
# Where the page does not start at all, every further test of it would wait for minutes. Two
# processes of one thread: our products are small, and threads would wait for each other.
	OPENBLAS_NUM_THREADS=1 $(VENV) -m pytest --maxfail=10 --numprocesses=2 --dist=loadfile

# Try new examples of every property; read 10,000 altered pictures and 2,000 altered model files.
.PHONY: fuzz
fuzz: tools
	$(VENV) -m pytest -m hypothesis --hypothesis-profile=searching
	PYTHONPATH=.:site $(VENV) -m tests.fuzz

# Read 10,000 digits in one page, alter each file of a visit, and read 20,000 pictures on a cluster.
.PHONY: soak
soak: site
	@$(PYTHON) -m export.setup.machine browser
	$(VENV) -m pytest -s tests/browser/soak.py tests/browser/every_file.py
	$(VENV) -m pytest -s tests/inkling/batch/soak_on_dask.py

# Measure the page beside onnxruntime-web and TensorFlow.js, on an otherwise idle machine.
.PHONY: bench
bench: site
	@$(PYTHON) -m export.setup.machine browser
	$(VENV) -m tests.bench

# Take the README's pictures of the page again.
.PHONY: screenshots
screenshots: site
	@$(PYTHON) -m export.setup.machine browser
	$(VENV) -m pytest tests/browser/screenshots.py

# Rewrite the table of folders in docs/architecture.md.
.PHONY: folders
folders:
	@$(PYTHON) docs/folder_table.py

# Build the Python package into build/package, and check what PyPI will be told about it.
.PHONY: package
package: tools
	@$(VENV) -m pip install -q -c constraints.txt --group package
	rm -rf build/package
	$(VENV) -m build --outdir build/package .
	$(VENV) -m twine check --strict build/package/*

# Write the reference of the Python package from its docstrings into build/reference.
.PHONY: docs
docs: tools
	@$(VENV) -m pip install -q -c constraints.txt --group docs anywidget
	$(VENV) -m pdoc --output-directory build/reference $(REFERENCE)

# Check the code's style, the direction of its imports, and the types of what others import.
.PHONY: lint
lint: tools
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	.venv/bin/lint-imports
	$(VENV) -m mypy

# Format the code.
.PHONY: format
format: tools
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

# Install what training, linting and the tests need into .venv.
.PHONY: tools
tools:
	@$(PYTHON) -m export.setup.machine tools

# Remove what was built and installed here; downloads stay in the cache.
.PHONY: clean
clean:
	rm -rf site/runtime site/samples site/precache.json site/version.js site/ui/packed.z site/inkling/*.whl build dist .venv node_modules tests/bench/node_modules .pytest_cache .ruff_cache .import_linter_cache .mypy_cache .hypothesis

# The only entries. Each sets up what it needs first; what it does is in the script of the same name.
.PHONY: demo test lint bench

demo: # A town to play with: the server, the tablet app, addresses and logins
	@scripts/demo.sh

test: # Every test
	@scripts/test.sh

lint: # Format, clippy, warnings, licences
	@scripts/lint.sh

bench: # Every figure of docs/benchmarks.md
	@scripts/bench.sh

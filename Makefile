# The only entries. Each sets up what it needs first; what it does is in the script of the same name.
.PHONY: demo test lint bench drill simulate

demo: # A town to play with: the server, the tablet app, addresses and logins
	@scripts/demo.sh

test: # Every test
	@scripts/test.sh

lint: # Format, clippy, warnings, licences
	@scripts/lint.sh

bench: # Every figure of docs/benchmarks.md
	@scripts/bench.sh

drill: # March 2021: burn the datacenter on the demo data and say what was lost
	@scripts/drill.sh $(OPTIONS)

simulate: # Seeded worlds of tablets and a server, for SECONDS (60) from SEED (1)
	@scripts/simulate.sh --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1) $(if $(WORLDS),--worlds $(WORLDS))

.PHONY: help demo run up down logs compose-demo test bench fuzz soak cpython-test examples-test engine-test cgroup2-test large-results \
  k8s-check k8s-test build sandbox-image sandbox-refresh sandbox-docs service-images settings-docs format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

demo: ## Start everything, run the demo against it, stop everything
	@.dev/demo.sh

run: ## Run the product on http://127.0.0.1:8080 (HTTP) and :8081 (gRPC) until Ctrl-C
	@.dev/run.sh

up: ## Start the services in containers, with RabbitMQ and MongoDB; RUNNERS=3 for three runners, DISCORD=1 with the bot
	@.dev/up.sh

down: ## Stop the services that make up started; VOLUMES=1 also deletes files and records
	@.dev/down.sh

logs: ## Follow the logs of the services in containers
	@.dev/compose.sh logs --follow --tail 100

compose-demo: ## Like demo, with the services in containers
	@.dev/compose-demo.sh

test: ## Check the format and run every test
	@.dev/test.sh

bench: ## Measure the product beside docker run and the engine, about an hour; SCENARIOS="latency queue" SHORT=1
	@.dev/bench.sh

fuzz: ## Send the runner the messages of 100,000 malicious sandboxes; FUZZ_ITERATIONS=n for another number
	@.dev/suite.sh Runner '*LyingChannelTests' FUZZ_ITERATIONS=$${FUZZ_ITERATIONS:-100000}

soak: ## Run 2,000 executions of all kinds and look for leaks; SOAK_EXECUTIONS=n for another number
	@.dev/suite.sh Hostile '*LeakTests' SOAK_EXECUTIONS=$${SOAK_EXECUTIONS:-2000}

cpython-test: ## Run CPython's own tests in sandboxes and in plain containers, about an hour; CPYTHON_TESTS="test_os test_json"
	@.dev/cpython-test.sh

examples-test: ## Run over 300 examples from other projects' documentation, 15 minutes; EXAMPLES="pandas/ seaborn/"
	@.dev/examples-test.sh

engine-test: ## Run hostile programs and end-to-end tests on a newer Docker engine; RUNTIMES="runc crun runsc"
	@.dev/engine-test.sh

cgroup2-test: ## Run the tests of limits in a virtual machine with control groups version 2
	@.dev/cgroup2-test.sh

large-results: ## Get 200 of the largest results, eight at a time, with the memory limits of compose.yaml; LARGE_RESULTS=n
	@.dev/suite.sh EndToEnd '*LargeResultTests' LARGE_RESULTS=$${LARGE_RESULTS:-200}

k8s-check: ## Check the manifests for Kubernetes without a cluster
	@.dev/k8s-check.sh

k8s-test: ## Test the manifests in the cluster that KUBECONFIG names; KEEP=1 keeps the namespaces
	@.dev/k8s-test.sh

build: ## Build all services and tests
	@dotnet build Microservices.sln --configuration Release --nologo

sandbox-image: ## Build the image that code runs in, if its source has changed; SANDBOX_KIND=slim for the small one
	@.dev/sandbox-image.sh

sandbox-refresh: ## Build the image that code runs in from the newest base and packages
	@REFRESH=1 .dev/sandbox-image.sh

sandbox-docs: ## Measure both sandbox images and write the results into docs/sandbox-image.md
	@.dev/sandbox-docs.sh

service-images: ## Build the images of the services, if their source has changed
	@.dev/service-images.sh

settings-docs: ## Write docs/settings.md, docs/logs.md and the appsettings.json of each service from the code
	@UPDATE_DOCS=1 dotnet run --project tests/Documentation.Tests --configuration Release

format: ## Format the C# code, and check the scripts if shellcheck is installed
	@.dev/format.sh

clean: ## Remove containers, volumes, build output, and the engine if make started it; keeps the files of make run
	@.dev/clean.sh

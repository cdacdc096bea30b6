#!/usr/bin/env bash
# Makes sure that there are a RabbitMQ, a MongoDB and an S3 store for the tests. Servers named by RABBITMQ_TEST_URL, MONGODB_TEST_URL
# and S3_TEST_URL, or a mongod on PATH, come first.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/servers.sh

mkdir -p .state

if [[ -n ${RABBITMQ_TEST_URL:-} ]]; then
  say "RabbitMQ is that of RABBITMQ_TEST_URL"
else
  provide_rabbitmq
fi

if [[ -n ${MONGODB_TEST_URL:-} ]]; then
  say "MongoDB is that of MONGODB_TEST_URL"
elif command -v mongod >/dev/null; then
  say "MongoDB is $(command -v mongod)"
else
  provide_mongodb
fi

if [[ -n ${S3_TEST_URL:-} ]]; then
  say "S3 is that of S3_TEST_URL"
else
  provide_s3
fi

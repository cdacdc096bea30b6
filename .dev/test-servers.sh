#!/usr/bin/env bash
# Makes sure that there are a RabbitMQ, a MongoDB and an S3 store for the tests. Servers named by RABBITMQ_TEST_URL, MONGODB_TEST_URL and
# S3_TEST_URL, or a mongod on PATH, come first.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh
source .dev/servers.sh

# given NAME URL: whether the environment names the server.
given() { [[ -n $2 ]] && say "$1 is the one that the environment names"; }

given RabbitMQ "${RABBITMQ_TEST_URL:-}" || provide_rabbitmq
given MongoDB "${MONGODB_TEST_URL:-$(command -v mongod || true)}" || provide_mongodb
given S3 "${S3_TEST_URL:-}" || provide_s3

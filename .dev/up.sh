#!/usr/bin/env bash
# Starts the services, each in its container, with RabbitMQ and MongoDB, and returns when all are healthy.
# RUNNERS, HTTP_PORT, GRPC_PORT, BIND_ADDRESS and what else compose.yaml has can be set in the environment.
set -euo pipefail
cd "$(dirname "$0")/.."
source .dev/progress.sh
source .dev/servers.sh

project=${COMPOSE_PROJECT_NAME:-code-interpreter}
settings=.state/compose/$project.env

# The servers know a password from their first start, so it is made only once; the volumes and this file belong together.
secret() {
  local made
  made=$(sed -n "s/^$1=//p" "$settings" 2>/dev/null)
  [[ -n $made ]] || made=$(od -An -N 24 -tx1 /dev/urandom | tr -d ' \n')
  echo "$made"
}

expect_no_orphaned_volumes() {
  local volumes
  [[ ! -f $settings ]] || return 0
  volumes=$(docker volume ls --quiet --filter "label=com.docker.compose.project=$project" | paste -s -d ' ' -)
  [[ -z $volumes ]] || die "there are volumes of an earlier make up, but the passwords they were made with are gone." \
    "put $settings back, or remove what is stored: docker volume rm $volumes"
}

# Who may use the engine's socket, as containers see it: on a desktop the engine has a machine of its own.
socket_group() { docker run --rm --network none --volume "$1:/socket" debian:forky-slim stat -c %g /socket; }

# The runner's engine is the one its container is on, reached by the socket there; or another, which RUNNER_DOCKER_HOST names.
engine_settings() {
  local socket=/var/run/docker.sock group
  if [[ -n ${RUNNER_DOCKER_HOST:-} ]]; then
    echo "RUNNER_DOCKER_HOST=$RUNNER_DOCKER_HOST"
    echo "RUNNER_DOCKER_SOCKET=/dev/null"
    [[ -z ${RUNNER_DOCKER_CERTIFICATES:-} ]] || echo "RUNNER_DOCKER_CERTIFICATES=$RUNNER_DOCKER_CERTIFICATES"
    [[ -z ${RUNNER_DOCKER_CERTIFICATES:-} ]] || echo "RUNNER_DOCKER_TLS_VERIFY=1"
    return
  fi
  # Docker Desktop has a socket of its own for its users; within its machine it is the usual one.
  [[ $(uname -s) != Linux || $DOCKER_HOST != unix://* || $DOCKER_HOST == */.docker/desktop/* ]] || socket=${DOCKER_HOST#unix://}
  group=$(socket_group "$socket")
  echo "RUNNER_DOCKER_SOCKET=$socket"
  echo "RUNNER_DOCKER_GROUP=$group"
}

# Nobody but this machine reaches the loopback, and the gateway keeps foreign pages in its browsers out; elsewhere callers have to show a key.
access() {
  case ${BIND_ADDRESS:-127.0.0.1} in
    127.* | localhost | ::1 | "[::1]") echo "${GATEWAY_ACCESS:-Loopback}" ;;
    *) echo "${GATEWAY_ACCESS:-Required}" ;;
  esac
}

write_settings() {
  local rabbitmq mongodb mongodb_password url volume=mongodb
  provide_rabbitmq
  rabbitmq=$image
  provide_mongodb
  mongodb=$image
  mongodb_password=$(secret MONGODB_PASSWORD)
  url="mongodb://code-interpreter:$mongodb_password@mongodb:27017/?authSource=admin"
  # The stand-in knows no users; nobody but the services reaches it. Its files are not MongoDB's.
  if [[ $mongodb == code-interpreter/* ]]; then url=mongodb://mongodb:27017/ volume=mongodb-stand-in; fi
  mkdir -p "${settings%/*}"
  chmod 700 "${settings%/*}"
  install -m 600 /dev/null "$settings.new"
  {
    echo "# Made by make up. The passwords are those the volumes were made with: keep them together."
    echo "COMPOSE_PROJECT_NAME=$project"
    echo "RABBITMQ_IMAGE=$rabbitmq"
    echo "RABBITMQ_PASSWORD=$(secret RABBITMQ_PASSWORD)"
    echo "RABBITMQ_GATEWAY_PASSWORD=$(secret RABBITMQ_GATEWAY_PASSWORD)"
    echo "RABBITMQ_RUNNER_PASSWORD=$(secret RABBITMQ_RUNNER_PASSWORD)"
    echo "MONGODB_IMAGE=$mongodb"
    echo "MONGODB_PASSWORD=$mongodb_password"
    echo "MONGODB_URL=$url"
    echo "MONGODB_VOLUME=$volume"
    echo "BIND_ADDRESS=${BIND_ADDRESS:-127.0.0.1}"
    echo "HTTP_PORT=${HTTP_PORT:-8080}"
    echo "GRPC_PORT=${GRPC_PORT:-8081}"
    echo "GATEWAY_ACCESS=$(access)"
    # 48 digits are base64 of 36 bytes, 24 of them random.
    echo "GATEWAY_LINKS_KEY=$(secret GATEWAY_LINKS_KEY)"
    echo "TRUST_KEY=$(secret TRUST_KEY)"
    echo "RUNNER_SLOTS=${RUNNER_SLOTS:-$(slots)}"
    engine_settings
  } >"$settings.new"
  mv "$settings.new" "$settings"
}

# One runner asks its engine for its memory. Several have it together: two for each sandbox of 1 GiB that fits, divided.
slots() {
  [[ ${RUNNERS:-1} != 1 ]] || { echo 0; return; }
  local slots=$((2 * ($(docker info --format '{{.MemTotal}}') >> 30) / RUNNERS))
  echo $((slots < 2 ? 2 : slots > 256 ? 256 : slots))
}

# What gateways and runners may do on the broker, also where its volume is older than their accounts.
give_accounts() {
  say "giving gateway and runner their accounts on the broker"
  .dev/compose.sh up --detach --wait --wait-timeout 120 rabbitmq >&2
  sed -e "s/\${GATEWAY_PASSWORD}/$(secret RABBITMQ_GATEWAY_PASSWORD)/" -e "s/\${RUNNER_PASSWORD}/$(secret RABBITMQ_RUNNER_PASSWORD)/" \
    .dev/rabbitmq-accounts.json |
    .dev/compose.sh exec -T --user rabbitmq rabbitmq sh -ec '
      umask 077
      cat >/tmp/accounts.json
      rabbitmqctl --quiet import_definitions /tmp/accounts.json
      rm /tmp/accounts.json' >&2
}

DOCKER_HOST=$(.dev/engine.sh)
export DOCKER_HOST
expect_no_orphaned_volumes
.dev/sandbox-image.sh
.dev/service-images.sh
write_settings
# Compose looks there by itself.
[[ $project != code-interpreter ]] || { [[ -e .env && ! -L .env ]] || ln -sf "$settings" .env; }

give_accounts || die "the broker did not take the accounts of gateway and runner." "make logs shows what it says"
if ! .dev/compose.sh up --detach --remove-orphans --wait --wait-timeout 240 --scale "runner=${RUNNERS:-1}" >&2; then
  .dev/compose.sh ps --all >&2
  .dev/compose.sh ps --all --format '{{.Service}} {{.Health}}' | awk '$2 != "healthy" { print $1 }' | sort -u |
    xargs .dev/compose.sh logs --tail 60 >&2
  die "not all services got healthy." "make logs shows what they say; make down stops them"
fi

cat <<TEXT
The system is up.
  HTTP   http://127.0.0.1:${HTTP_PORT:-8080}      API and its description at /docs
  gRPC   http://127.0.0.1:${GRPC_PORT:-8081}

  make logs                follow what the services say
  RUNNERS=3 make up        another number of runners
  make down                stop it, files are kept; VOLUMES=1 make down removes them as well
TEXT

[[ $(access) != Required ]] || echo "
  Callers need a key:  .dev/compose.sh exec gateway /app/service keys create --name NAME"

#!/usr/bin/env bash
# Starts the services, each in its container, with RabbitMQ and MongoDB, and returns when all are healthy. The environment can set RUNNERS,
# HTTP_PORT, GRPC_PORT, BIND_ADDRESS and the other variables of compose.yaml. IDE=1: see CONTRIBUTING.md, One service in an IDE. DISCORD=1
# starts the Discord bot, too, whose token is in DISCORD_BOT_TOKEN at the first start.
source "$(dirname "$0")/lib.sh"
source .dev/images.sh
source .dev/servers.sh

project=${COMPOSE_PROJECT_NAME:-code-interpreter}
settings=.state/compose/$project.env

# The servers keep the password of their first start, so it is generated once. The volumes and this file belong together.
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
  [[ -z $volumes ]] || die "the volumes of an earlier make up exist, but their passwords are lost." \
    "restore $settings, or delete the stored data: docker volume rm $volumes"
}

# The group that may use the engine's socket, as containers see it: on a desktop the engine has a machine of its own.
socket_group() { docker run --rm --network none --volume "$1:/socket" debian:forky-slim stat -c %g /socket; }

# The runner uses the engine that its container runs on, through its socket, or the one that RUNNER_DOCKER_HOST names.
engine_settings() {
  local socket=/var/run/docker.sock group
  if [[ -n ${RUNNER_DOCKER_HOST:-} ]]; then
    echo "RUNNER_DOCKER_HOST=$RUNNER_DOCKER_HOST"
    echo "RUNNER_DOCKER_SOCKET=/dev/null"
    [[ -z ${RUNNER_DOCKER_CERTIFICATES:-} ]] || echo "RUNNER_DOCKER_CERTIFICATES=$RUNNER_DOCKER_CERTIFICATES"
    [[ -z ${RUNNER_DOCKER_CERTIFICATES:-} ]] || echo "RUNNER_DOCKER_TLS_VERIFY=1"
    return
  fi
  # Docker Desktop has a separate socket for its users; inside its machine it is the usual one.
  [[ $(uname -s) != Linux || $DOCKER_HOST != unix://* || $DOCKER_HOST == */.docker/desktop/* ]] || socket=${DOCKER_HOST#unix://}
  group=$(socket_group "$socket")
  echo "RUNNER_DOCKER_SOCKET=$socket"
  echo "RUNNER_DOCKER_GROUP=$group"
}

# Only this machine reaches the loopback, and the gateway refuses pages of other sites in its browsers. On other addresses callers need a
# key.
access() {
  case ${BIND_ADDRESS:-127.0.0.1} in
    127.* | localhost | ::1 | "[::1]") echo "${GATEWAY_ACCESS:-Loopback}" ;;
    *) echo "${GATEWAY_ACCESS:-Required}" ;;
  esac
}

# remembered NAME: what the environment says, or what it said at an earlier start. An empty list of servers counts: it ends the earlier one.
remembered() {
  local value=${!1:-}
  [[ -n $value || ($1 == *_GUILDS && -n ${!1+set}) ]] || value=$(sed -n "s/^$1=//p" "$settings" 2>/dev/null)
  echo "$value"
}

# The bot's settings are kept when it is not started, so that a later start needs no token.
discord_settings() {
  local name value
  [[ -z ${DISCORD:-} ]] || echo "COMPOSE_PROFILES=discord"
  for name in DISCORD_BOT_TOKEN DISCORD_CONNECTION DISCORD_ALLOWED_GUILDS DISCORD_COMMAND_GUILDS DISCORD_PORT DISCORD_API_KEY; do
    value=$(remembered "$name")
    [[ -z $value ]] || echo "$name=$value"
  done
}

# Where the gateway wants a key, the bot gets one at its first start. Behind ||, Bash does not end at a command that fails.
create_bot_key() {
  local key
  [[ -n ${DISCORD:-} && $(access) == Required && -z $(remembered DISCORD_API_KEY) ]] || return 0
  say "creating the bot's key for the gateway"
  .dev/compose.sh up --detach --wait --wait-timeout 240 gateway >&2 || return 1
  key=$(.dev/compose.sh exec -T gateway /app/service keys create --name discord) || return 1
  [[ -n $key ]] || return 1
  echo "DISCORD_API_KEY=$key" >>"$settings"
}

write_settings() {
  local rabbitmq mongodb mongodb_password url volume=mongodb
  provide_rabbitmq
  rabbitmq=$image
  provide_mongodb
  mongodb=$image
  mongodb_password=$(secret MONGODB_PASSWORD)
  url="mongodb://code-interpreter:$mongodb_password@mongodb:27017/?authSource=admin"
  # The stand-in has no users; only the services reach it. Its files are not MongoDB's.
  if [[ $mongodb == code-interpreter/* ]]; then url=mongodb://mongodb:27017/ volume=mongodb-stand-in; fi
  mkdir -p "${settings%/*}"
  chmod 700 "${settings%/*}"
  install -m 600 /dev/null "$settings.new"
  {
    echo "# Written by make up. The passwords belong to the volumes: keep them together."
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
    # Only while keys are changed: docs/operations.md, Changing secrets.
    grep -E '^(TRUST|GATEWAY_LINKS)_ACCEPTED_KEY=' "$settings" 2>/dev/null || true
    echo "RUNNER_SLOTS=${RUNNER_SLOTS:-$(slots)}"
    [[ -z ${IDE:-} ]] || echo "COMPOSE_FILE=compose.yaml:compose.ide.yaml"
    engine_settings
    discord_settings
  } >"$settings.new"
  mv "$settings.new" "$settings"
}

# With IDE=1, gateway and runner in an IDE find the servers by their user secrets, which .NET reads in the environment Development.
write_user_secrets() {
  local folder=$HOME/.microsoft/usersecrets/code-interpreter
  mkdir -p "$folder"
  install -m 600 /dev/null "$folder/secrets.json"
  cat >"$folder/secrets.json" <<JSON
{
  "MessageBus:RabbitMq": "amqp://code-interpreter:$(secret RABBITMQ_PASSWORD)@127.0.0.1:5672/",
  "Database:Provider": "MongoDb",
  "Database:MongoDb": "$(secret MONGODB_URL | sed 's/mongodb:27017/127.0.0.1:27017/')",
  "Trust:Key": "$(secret TRUST_KEY)"
}
JSON
}

# One runner asks its engine for its memory. Several runners share it: two slots for each sandbox of 1 GiB that fits, divided by the
# runners.
slots() {
  if ((${RUNNERS:-1} <= 1)); then
    echo 0
    return
  fi
  local slots=$((2 * ($(docker info --format '{{.MemTotal}}') >> 30) / RUNNERS))
  echo $((slots < 2 ? 2 : slots > 256 ? 256 : slots))
}

# Creates the accounts of gateway and runner on the broker, also on a volume that is older than these accounts.
create_accounts() {
  say "creating the accounts of gateway and runner on the broker"
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
[[ -z ${DISCORD:-} || -n $(remembered DISCORD_BOT_TOKEN) ]] ||
  die "the bot has no token." "DISCORD=1 DISCORD_BOT_TOKEN=... make up. docs/discord.md shows where the token is"
.dev/sandbox-image.sh
.dev/service-images.sh
write_settings
[[ -z ${IDE:-} ]] || write_user_secrets
# docker compose reads this file.
[[ $project != code-interpreter ]] || { [[ -e .env && ! -L .env ]] || ln -sf "$settings" .env; }

# Compose does not count a service as an orphan when only its profile is switched off.
[[ -n ${DISCORD:-} ]] || .dev/compose.sh --profile discord rm --stop --force discord >&2

create_accounts || die "the broker refused the accounts of gateway and runner." "make logs shows its log"
create_bot_key || die "the gateway has created no key for the bot." "make logs shows its log"
if ! .dev/compose.sh up --detach --remove-orphans --wait --wait-timeout 240 --scale "runner=${RUNNERS:-1}" >&2; then
  .dev/compose.sh ps --all >&2
  .dev/compose.sh ps --all --format '{{.Service}} {{.Health}}' | awk '$2 != "healthy" { print $1 }' | sort -u |
    xargs .dev/compose.sh logs --tail 60 >&2
  die "not all services became healthy." "make logs shows their logs; make down stops them"
fi

cat <<TEXT
The system is up.
  HTTP   http://127.0.0.1:${HTTP_PORT:-8080}      API and its description at /docs
  gRPC   http://127.0.0.1:${GRPC_PORT:-8081}

  make logs                follow the logs
  RUNNERS=3 make up        another number of runners
  make down                stop it and keep the files; VOLUMES=1 make down deletes them
TEXT

[[ -z ${DISCORD:-} ]] || echo "
  The Discord bot is connected. docs/discord.md says how to invite it."
[[ $(access) != Required ]] || echo "
  Callers need a key:  .dev/compose.sh exec gateway /app/service keys create --name NAME"

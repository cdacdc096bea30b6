# shellcheck shell=bash
# The images of RabbitMQ and MongoDB: the official ones where an image registry answers, else stand-ins that are built here; and that
# of an S3 store, which is always built.
# shellcheck source=.dev/images.sh
source .dev/images.sh

servers=tests/TestServers

# provide_rabbitmq, provide_mongodb, provide_s3: set $image.
provide_rabbitmq() { provide RabbitMQ rabbitmq:4-management code-interpreter/test-rabbitmq:dev rabbitmq_context "$servers/RabbitMq"; }

provide_mongodb() {
  provide MongoDB mongo:8 code-interpreter/test-mongodb:dev mongodb_context "$servers/DocumentDb" "$servers/MongoFront"
}

provide_s3() { provide_built S3 code-interpreter/test-s3:dev s3_context "$servers/S3"; }

# provide NAME OFFICIAL STAND_IN CONTEXT_COMMAND SOURCES...
# shellcheck disable=SC2034
provide() {
  local name=$1 official=$2 stand_in=$3 log
  log=$(log_of "$stand_in")
  image=$official
  if docker image inspect "$official" >/dev/null 2>&1; then
    say "$name is $official"
    return
  fi
  if [[ -z $(built_from "$stand_in") ]]; then
    say "pulling $official"
    if pull "$official" "$log"; then
      say "$name is $official"
      return
    fi
    say "it cannot be pulled: $(tail -n 1 "$log")"
  fi
  provide_built "$name" "${@:3}"
  say "it is a stand-in for $official"
}

# provide_built NAME IMAGE CONTEXT_COMMAND SOURCES...
# shellcheck disable=SC2034
provide_built() {
  local name=$1 make_context=$3 log hash
  image=$2
  log=$(log_of "$image")
  shift 3
  hash=$(source_hash "$@")
  if [[ $hash != "$(built_from "$image")" ]]; then
    .dev/base-image.sh
    say "building $image (again only when its source changes)"
    "$make_context"
    build "$image" "$hash" "$context" </dev/null >"$log" 2>&1 &
    follow $! "building $image" "$log"
  fi
  say "$name is $image"
}

log_of() {
  local name=${1##*/}
  echo ".state/${name%:*}.log"
}

s3_context() { context=$servers/S3; }

rabbitmq_context() { context=$servers/RabbitMq; }

mongodb_context() {
  local log=.state/mongo-front.log
  context=.state/test-mongodb
  rm -rf "$context"
  mkdir -p "$context"
  cp "$servers"/DocumentDb/* "$context"
  publish "$servers/MongoFront" "$context/front" </dev/null >"$log" 2>&1 &
  follow $! "publishing the MongoDB front" "$log"
}

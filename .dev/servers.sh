# shellcheck shell=bash
# The images of RabbitMQ and MongoDB: the official ones where an image registry answers, else stand-ins that are built here. The image of an
# S3 store is always built. Sourced after lib.sh and images.sh.

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
  local name=$1 official=$2
  image=$official
  if docker image inspect "$official" >/dev/null 2>&1 ||
    { [[ -z $(built_from "$3") ]] && say "pulling $official" && pull "$official" .state/pull.log; }; then
    say "$name is $official"
  else
    provide_built "$name" "${@:3}"
    say "it is a stand-in for $official, which cannot be pulled"
  fi
}

# provide_built NAME IMAGE CONTEXT_COMMAND SOURCES...
# shellcheck disable=SC2034
provide_built() {
  local name=$1 make_context=$3 log hash
  image=$2
  log=${image##*/}
  shift 3
  hash=$(source_hash "$@")
  if [[ $hash != "$(built_from "$image")" ]]; then
    provide_base
    say "building $image (again only when its source changes)"
    "$make_context"
    run "building $image" "${log%:*}" build "$image" "$hash" "$context"
  fi
  say "$name is $image"
}

s3_context() { context=$servers/S3; }

rabbitmq_context() { context=$servers/RabbitMq; }

mongodb_context() {
  context=.state/test-mongodb
  rm -rf "$context"
  mkdir -p "$context"
  cp "$servers"/DocumentDb/* "$context"
  run "publishing the MongoDB front" mongo-front publish "$servers/MongoFront" "$context/front"
}

#!/usr/bin/env bash
# Prints namespaces and Secrets for k8s/overlays/try, with new passwords:
#   .dev/k8s-secrets.sh | kubectl create -f -
# `create` fails if they exist: servers keep the password of their first start. MONGODB_URL names another database.
source "$(dirname "$0")/lib.sh"

random() { od -An -N 24 -tx1 /dev/urandom | tr -d ' \n'; }
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }

gateway=$(random) runner=$(random) keda=$(random) mongodb=$(random)
mongodb_url=${MONGODB_URL:-"mongodb://code-interpreter:$mongodb@mongodb:27017/?authSource=admin"}

# The accounts of gateway and runner, and one for KEDA that can only read.
definitions() {
  sed -e "s/\${GATEWAY_PASSWORD}/$gateway/" -e "s/\${RUNNER_PASSWORD}/$runner/" \
    -e "s/\"users\": \[/& { \"name\": \"keda\", \"password\": \"$keda\", \"tags\": [\"monitoring\"] },/" \
    -e 's/"permissions": \[/& { "user": "keda", "vhost": "\/", "configure": "^$", "write": "^$", "read": "^$" },/' \
    .dev/rabbitmq-accounts.json
}

# secret NAMESPACE NAME: prints a Secret with the keys and values on stdin.
secret() {
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\n  namespace: %s\nstringData:\n' "$2" "$1"
  sed 's/^/  /'
}

cat k8s/base/namespaces.yaml
secret code-interpreter gateway <<TEXT
rabbitmq-url: amqp://gateway:$gateway@rabbitmq:5672/
mongodb-url: $mongodb_url
links-key: $(key)
TEXT
secret code-interpreter file-store <<TEXT
mongodb-url: $mongodb_url
TEXT
secret code-interpreter trust <<TEXT
key: $(key)
TEXT
secret code-interpreter mongodb <<TEXT
username: code-interpreter
password: $mongodb
TEXT
secret code-interpreter rabbitmq <<TEXT
definitions.json: |
$(definitions | sed 's/^/  /')
TEXT
secret code-interpreter-runners runner <<TEXT
rabbitmq-url: amqp://runner:$runner@rabbitmq.code-interpreter:5672/
TEXT
secret code-interpreter-runners keda <<TEXT
host: http://rabbitmq.code-interpreter:15672/
username: keda
password: $keda
TEXT

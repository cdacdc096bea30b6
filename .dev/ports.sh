# shellcheck shell=bash

# free_port FROM: a port of this machine that nobody listens on.
free_port() {
  local port
  while port=$(($1 + RANDOM % 5000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

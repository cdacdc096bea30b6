# shellcheck shell=bash
# What the scripts here share. They run with bash 3.2 and with the tools of Linux or macOS. Messages go to stderr, results to stdout.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p .state

say() { printf '==> %s\n' "$*" >&2; }

# die WHAT REMEDY...: ends the script with an error that says what to do about it.
die() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '  -> %s\n' "$@" >&2
  exit 1
}

# run TITLE LOG COMMAND...: runs a command with its output in .state/LOG.log; shows its last step, and the end of the log if it fails.
run() {
  local title=$1 log=.state/$2.log
  shift 2
  "$@" </dev/null >"$log" 2>&1 &
  follow $! "$title" "$log"
}

# follow PID TITLE LOG [BEGIN]: the same for a command that runs already.
follow() {
  local pid=$1 title=$2 log=$3 begin=${4:-$SECONDS} status=0
  # Bash lets background commands ignore Ctrl-C, so it is passed on.
  trap 'kill '"$pid"' 2>/dev/null || true; exit 130' INT TERM
  show_steps "$pid" "$title" "$log" "$begin"
  wait "$pid" || status=$?
  trap 'exit 130' INT TERM
  if ((status == 0)); then
    say "$title: done after $((SECONDS - begin)) s"
  else
    tail -n 40 "$log" >&2
    printf '\nerror: %s failed. The whole output is in %s\n' "$title" "$log" >&2
  fi
  return "$status"
}

# On a terminal one line that counts the seconds; in a log a line for each step of a `docker build`, and one a minute.
show_steps() {
  local pid=$1 title=$2 log=$3 begin=$4 step='' shown=- next=$((SECONDS + 60))
  while kill -0 "$pid" 2>/dev/null; do
    step=$(grep -aoE '^(Step [0-9]+/[0-9]+ : |#[0-9]+ \[).*' "$log" 2>/dev/null | tail -n 1 | cut -c 1-70) || true
    if [[ -t 2 ]]; then
      printf '\r\033[K... %s, %s s  %s' "$title" $((SECONDS - begin)) "${step:0:30}" >&2
    elif [[ $step != "$shown" ]] || ((SECONDS >= next)); then
      printf '... %s, %s s  %s\n' "$title" $((SECONDS - begin)) "$step" >&2
      shown=$step next=$((SECONDS + 60))
    fi
    sleep 0.5
  done
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

# apt PACKAGE...: installs Debian packages as root on Debian or Ubuntu; fails anywhere else.
apt() {
  ((EUID == 0)) && command -v apt-get >/dev/null || return 1
  # shellcheck disable=SC2016
  run "installing $*" apt env DEBIAN_FRONTEND=noninteractive sh -c \
    'i="apt-get install -y --no-install-recommends $*"; $i || { apt-get update && $i; }' sh "$@"
}

# need COMMAND "PACKAGE..." WHY: makes sure that a command is there.
need() {
  local packages
  read -ra packages <<<"$2"
  command -v "$1" >/dev/null || apt "${packages[@]}" || die "$1 is not installed." "install it: $3"
}

# need_sdk: makes sure that there is a .NET SDK that can build this repository.
need_sdk() {
  local wanted remedy
  wanted=$(sed -n 's/.*"version": "\([0-9]*\.[0-9]*\).*/\1/p' global.json)
  remedy="install the .NET SDK $wanted: https://dotnet.microsoft.com/download"
  command -v dotnet >/dev/null || die "dotnet is not installed." "$remedy"
  dotnet --version >/dev/null 2>&1 ||
    die "no installed .NET SDK is new enough. Installed: $(dotnet --list-sdks | cut -d ' ' -f 1 | paste -s -d ' ' -)" "$remedy"
}

# prepare PROJECT...: builds the projects, finds or starts the engine (DOCKER_HOST) and builds the sandbox image, with the tag SANDBOX_TAG.
prepare() {
  DOCKER_HOST=$(prepare_all "$@")
  export DOCKER_HOST
}

# In a subshell, for traps of its own; prints the engine's address.
prepare_all() {
  local build
  set -e
  need_sdk
  say "building the services (log: .state/build.log)"
  build_projects "$@" </dev/null >.state/build.log 2>&1 &
  build=$!
  # shellcheck disable=SC2064
  trap "kill $build 2>/dev/null || true" EXIT
  DOCKER_HOST=$(.dev/engine.sh)
  export DOCKER_HOST
  .dev/sandbox-image.sh "code-interpreter/sandbox:${SANDBOX_TAG:-dev}"
  trap - EXIT
  follow "$build" "building the services" .state/build.log 0
  echo "$DOCKER_HOST"
}

build_projects() {
  local project
  for project in "$@"; do dotnet build "$project" --configuration Release --nologo --verbosity minimal || return; done
}

# free_port FROM: a port of this machine that no program listens on.
free_port() {
  local port
  while port=$(($1 + RANDOM % 5000)) && (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# sandboxes [LABEL]: the containers of all sandboxes, or of those with a label, such as code-interpreter.runner=ID.
sandboxes() { docker ps --all --quiet --no-trunc --filter "label=${1:-code-interpreter.role}" | sort; }

# expect_no_sandboxes [LABEL] [BEFORE]: fails when there are sandboxes that were not there before.
expect_no_sandboxes() {
  local left
  left=$(comm -13 <(echo "${2:-}") <(sandboxes "${1:-}"))
  [[ -n $left ]] || return 0
  printf '\nerror: sandboxes were left behind (make clean removes them):\n%s\n' "$left" >&2
  return 1
}

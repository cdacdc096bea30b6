# shellcheck shell=bash
# What the scripts here say, and how. Progress goes to stderr, so that stdout stays free for results.

say() { printf '==> %s\n' "$*" >&2; }

# die WHAT REMEDY...: ends the script with an error that says what to do about it.
die() {
  printf '\nerror: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '  -> %s\n' "$@" >&2
  exit 1
}

# follow PID TITLE LOG [BEGIN]: waits for a background command; shows its last step, and the end of its log if it fails.
follow() {
  local pid=$1 title=$2 log=$3 begin=${4:-$SECONDS} status=0
  # Bash lets background commands ignore Ctrl-C, so it has to be passed on.
  trap 'kill '"$pid"' 2>/dev/null || true; exit 130' INT TERM
  show_steps "$pid" "$title" "$log" "$begin"
  wait "$pid" || status=$?
  trap 'exit 130' INT TERM
  if ((status == 0)); then
    say "$title: done after $((SECONDS - begin)) s"
  else
    tail -n 40 "$log" >&2
    printf '\nerror: %s failed; all of its output is in %s\n' "$title" "$log" >&2
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
      shown=$step
      next=$((SECONDS + 60))
    fi
    sleep 0.5
  done
  [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

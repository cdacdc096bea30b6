#!/usr/bin/env bash
# Tests k8s/overlays/try in the cluster that KUBECONFIG names while executions run, prints a table and removes everything. The images have
# to be on the cluster's node: docs/kubernetes.md, Try it. KEEP=1 leaves everything running. K8S_OVERLAY names another folder to apply.
source "$(dirname "$0")/lib.sh"

services=code-interpreter runners=code-interpreter-runners
remedy="docs/kubernetes.md, Try it, says how to prepare a node"
overlay=${K8S_OVERLAY:-k8s/overlays/try}
table=() failed=0 begin=$SECONDS

k() { "$kubectl" "$@"; }

# row STEP RESULT: adds a row to the table, with the time since the row before.
row() {
  table+=("$1|$((SECONDS - begin)) s|$2")
  begin=$SECONDS
  [[ $2 != failed* ]] || failed=1
  say "$1: $2"
}

expect_cluster() {
  local minor namespace
  [[ -n ${KUBECONFIG:-} || -e $HOME/.kube/config ]] || die "there is no cluster: KUBECONFIG is not set." \
    "set KUBECONFIG to a cluster for tests, such as one of kind or k3s; it needs one node with 10 GiB of free memory" "$remedy"
  minor=$(k version --output=json --request-timeout=10s 2>/dev/null | tr -d ' \n' |
    sed -n 's/.*"serverVersion":{.*"minor":"\([0-9]*\).*/\1/p') || true
  [[ -n $minor ]] || die "the cluster does not answer: ${KUBECONFIG:-$HOME/.kube/config}." "kubectl cluster-info shows why"
  ((minor >= 30)) || die "the cluster is Kubernetes 1.$minor; 1.30 or newer is needed."
  for namespace in "$services" "$runners"; do
    ! k get namespace "$namespace" >/dev/null 2>&1 ||
      die "the cluster already has a namespace $namespace." "this test creates and removes it; use another cluster"
  done
}

# The events of pending pods say what the node lacks.
show_pods() {
  local namespace
  for namespace in "$services" "$runners"; do
    k -n "$namespace" get pods >&2 || true
    k -n "$namespace" get events --field-selector type=Warning --sort-by .lastTimestamp 2>/dev/null | tail -n 10 >&2 || true
  done
}

clean_up() {
  local status=$?
  trap - EXIT
  trap '' INT TERM
  kill "$(<"$forward")" 2>/dev/null || true
  rm "$forward"
  [[ -z ${drained:-} ]] || k uncordon "$drained" >&2 || status=1
  [[ -z ${made:-} || -n ${KEEP:-} ]] || k delete namespace "$services" "$runners" --ignore-not-found --timeout 10m >&2 || status=1
  if ((${#table[@]} > 0)); then
    echo
    printf '%s\n' 'step|time|result' "${table[@]}" |
      while IFS='|' read -r step time result; do printf '%-32s %-7s %s\n' "$step" "$time" "$result"; done
  fi
  ((failed == 0)) || status=1
  exit "$status"
}

wait_for_rollout() { k -n "$1" rollout status "$2" --timeout 10m >&2; }

bring_up() {
  local workload
  made=1
  .dev/k8s-secrets.sh | k create -f - >&2
  k apply -k "$overlay" >&2
  for workload in statefulset/rabbitmq statefulset/mongodb deployment/file-store deployment/gateway; do
    wait_for_rollout "$services" "$workload" || { show_pods; die "$workload does not become ready." "$remedy"; }
  done
  wait_for_rollout "$runners" deployment/runner || { show_pods; die "the runner does not become ready." "$remedy"; }
  row "everything is ready" ok
}

# A port forward ends with its pod; the next call starts a new one. Calls run in subshells, so a file keeps its process id.
forward() {
  ! kill -0 "$(<"$forward")" 2>/dev/null || return 0
  wait_for_rollout "$services" deployment/gateway
  "$kubectl" -n "$services" port-forward service/gateway "$port:8080" >/dev/null 2>&1 &
  echo $! >"$forward"
  for _ in {1..100}; do ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 0; sleep 0.2; done
  die "the gateway cannot be reached through kubectl port-forward."
}

# call PATH [CURL OPTION...]: calls the gateway, and retries while it is being replaced.
call() {
  local answer
  for _ in {1..30}; do
    forward
    if answer=$(curl --silent --fail --max-time 70 --header "X-Api-Key: $key" "http://127.0.0.1:$port/v1/$1" "${@:2}"); then
      echo "$answer"
      return
    fi
    sleep 2
  done
  die "the gateway does not respond to $1."
}

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

submit() {
  call executions/submit --header content-type:application/json \
    --data "{\"user_id\":\"$1\",\"code\":\"import time; time.sleep($2); print($3)\",\"idempotency_key\":\"k8s-test-$3\"}" |
    field execution_id
}

# outcome USER ID: waits for an execution and prints its outcome.
outcome() {
  local answer
  for _ in {1..10}; do
    answer=$(call "executions/$2?user_id=$1&wait_seconds=60")
    ! grep -q '"outcome"' <<<"$answer" || { field outcome <<<"$answer"; return; }
  done
  echo none
}

next=1000 ids=() users=()

# submit_all COUNT SECONDS: submits so many executions of so many seconds, each of another user.
submit_all() {
  ids=() users=()
  for _ in $(seq "$1"); do
    users+=("user-$next")
    ids+=("$(submit "user-$next" "$2" "$next")")
    next=$((next + 1))
  done
}

# finish STEP [MORE]: waits for these executions and adds a row with the number that succeeded.
finish() {
  local good=0 i verdict=ok
  for i in "${!ids[@]}"; do [[ $(outcome "${users[i]}" "${ids[i]}") != Succeeded ]] || good=$((good + 1)); done
  ((good == ${#ids[@]})) || verdict=failed
  row "$1" "$verdict, $good of ${#ids[@]} succeeded${2:-}"
}

# during STEP COMMAND...: starts executions of 25 s, below their limit of 30 s, runs the command, and counts the executions that succeed.
during() {
  submit_all 2 25
  sleep 5
  "${@:2}" >&2
  finish "$1"
}

load() {
  submit_all 40 1
  finish "40 users at once"
}

roll() {
  k -n "$1" rollout restart "deployment/$2"
  wait_for_rollout "$1" "deployment/$2"
}

kill_pods() {
  k -n "$1" delete pod --selector "app.kubernetes.io/name=$2" --grace-period 0 --force
  wait_for_rollout "$1" "deployment/$2"
}

# Drains the node of its runner only: the broker has no second replica.
drain() {
  drained=$(k -n "$runners" get pod --selector app.kubernetes.io/name=runner --output 'jsonpath={.items[0].spec.nodeName}')
  k drain "$drained" --pod-selector app.kubernetes.io/part-of=code-interpreter,app.kubernetes.io/name=runner \
    --delete-emptydir-data --timeout 8m
  k uncordon "$drained"
  drained=
  wait_for_rollout "$runners" deployment/runner
}

scale() {
  local most=1 now slots
  slots=$(k -n "$runners" get configmap --output 'jsonpath={.items[*].data.Runner__Slots}')
  k kustomize k8s/components/keda |
    sed -e 's/stabilizationWindowSeconds: 300/stabilizationWindowSeconds: 15/' -e "s/value: \"8\"/value: \"$slots\"/" | k apply -f - >&2
  # KEDA's first metric may take a while.
  k -n "$runners" wait scaledobject/runner --for=condition=Ready --timeout 2m >&2
  k -n "$runners" wait hpa/keda-hpa-runner --for=condition=ScalingActive --timeout 2m >&2
  submit_all $((3 * slots)) 25
  for _ in {1..90}; do
    now=$(k -n "$runners" get deployment runner --output 'jsonpath={.spec.replicas}')
    ((now <= most)) || most=$now
    ((most == 1 || now > 1)) || break
    sleep 5
  done
  if ((most > 1 && now == 1)); then
    finish "KEDA scales" ", 1 to $most to 1"
  else
    row "KEDA scales" "failed, $most at most, $now at the end"
  fi
}

# reaches NAMESPACE ADDRESS...: prints what an unknown pod can connect to. Without DNS the test would prove nothing, so it fails.
reaches() {
  k -n "$1" create -f - >&2 <<POD
apiVersion: v1
kind: Pod
metadata:
  name: probe
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
  containers:
  - name: probe
    image: $(k -n "$services" get deployment gateway --output 'jsonpath={.spec.template.spec.containers[0].image}')
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
    command: [bash, -c]
    args:
    - |
      sleep 5 # Networks may enforce policies a moment after a pod starts.
      for address in ${*:2}; do
        getent hosts "\${address%/*}" >/dev/null || echo "no name \${address%/*}"
        (timeout 3 bash -c "exec 3<>/dev/tcp/\$address") 2>/dev/null && echo "\$address"
      done
      echo end
POD
  k -n "$1" wait pod/probe --for 'jsonpath={.status.phase}=Succeeded' --timeout 2m >&2
  k -n "$1" logs probe | sed '/^end$/d' | paste -s -d ' ' -
}

probe() {
  local address namespace reached='' addresses=()
  for address in gateway/8080 gateway/8081 file-store/8081 rabbitmq/5672 rabbitmq/15672 mongodb/27017; do
    addresses+=("${address/\//.$services/}")
  done
  for namespace in "$services" "$runners"; do reached+=$(reaches "$namespace" "${addresses[@]}" || echo failed); done
  if [[ -z $reached ]]; then
    row "a foreign pod reaches nothing" ok
  else
    row "a foreign pod reaches nothing" "failed, it reaches $reached: does the network enforce policies?"
  fi
}

kubectl=$(.dev/k8s-kubectl.sh)
expect_cluster
need curl curl "the test calls the gateway with it"
forward=$(mktemp)
trap clean_up EXIT
trap 'exit 130' INT TERM
port=$(free_port 31000)

bring_up
key=$(k -n "$services" exec deployment/gateway -- /app/service keys create --name k8s-test)
[[ $(outcome me "$(submit me 0 1)") == Succeeded ]] || die "an execution does not succeed." "kubectl -n $runners logs deployment/runner"
row "code runs" ok
load
during "a runner is rolled" roll "$runners" runner
during "a gateway is rolled" roll "$services" gateway
during "a node is drained of its runner" drain
during "a runner is killed" kill_pods "$runners" runner
during "a gateway is killed" kill_pods "$services" gateway
probe
if k get crd scaledobjects.keda.sh >/dev/null 2>&1; then scale; else row "KEDA scales" "not tested: the cluster has no KEDA"; fi

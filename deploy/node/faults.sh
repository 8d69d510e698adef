# Steps of the trial: faults.

# applied_despite FUNCTION...  notes how long the next push takes that a fault delays.
applied_despite() {
    local started=$EPOCHREALTIME
    "$@"
    push
    pushed_is_applied 150
    figures="a push is applied after $(since "$started") ms"
    services_ready
}

kill_leader() { applied_despite kill_container "$(leader)" manager; }

# Stopped as by a debugger or a suspended virtual machine: its connections stay open.
freeze_leader() {
    applied_despite kill_container "$(leader)" manager STOP
    figures="$figures; $(count_restarts reconciler) restarted"
}

# count_restarts COMPONENT
count_restarts() {
    kube -n flux-system get pods -l "$selector,app.kubernetes.io/component=$1" -o json | jq '[.items[].status.containerStatuses[].restartCount] | add'
}

# Clients notice it until the kubelet has restarted the container or the endpoint is gone.
kill_server() {
    count_downloads >/dev/null
    kill_container "$(some_pod artifact-server)" manager
    sleep 5
    services_ready
    figures=$(count_downloads)
    [ "$(word 6 "$figures")" -le 5000 ] || fail "downloads fail for longer: $figures"
}

# Requests hang until the readiness probe has failed often enough.
freeze_server() {
    local pod started
    pod=$(some_pod artifact-server)
    count_downloads >/dev/null
    started=$EPOCHREALTIME
    kill_container "$pod" manager STOP
    wait_until 60 'the frozen server is not ready' is_unready "$pod"
    figures="not ready after $(since "$started") ms"
    sleep 25
    services_ready
    figures="$figures; $(count_downloads)"
}

is_unready() { [ "$(kube -n flux-system get pod "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = False ]; }

# When the API server is back, the node counts as not ready until the kubelet has reported: its pods leave the Services, and
# kube-proxy notices their return late, because its watches continue after a back-off. That is not the fault of a later step.
without_control_plane() {
    local started restarts
    restarts=$(count_restarts reconciler)
    count_downloads >/dev/null
    kill_program kube-apiserver
    kill_program etcd
    sleep 150
    start_etcd
    start_apiserver
    started=$EPOCHREALTIME
    push
    pushed_is_applied 150
    figures="a push is applied $(since "$started") ms after they are back; $(($(count_restarts reconciler) - restarts)) restarts of reconcilers"
    services_ready
    sleep 75
    figures="$figures; $(count_downloads)"
}

# The pods of the previous release continue; the status of the new containers says why they do not start.
small_limits() {
    release upgrade sluice "$home/charts/sluice" --set reconciler.resources.limits.memory=96Mi,reconciler.resources.requests.memory=96Mi \
        --set artifactServer.resources.limits.memory=64Mi,artifactServer.resources.requests.memory=64Mi >/dev/null
    wait_until 120 'a reconciler and a server are killed' killed_for_memory 2
    push
    pushed_is_applied 60
    release rollback sluice >/dev/null
    services_ready
    figures='both OOMKilled'
}

# killed_for_memory NUMBER  the components of which a container was killed.
killed_for_memory() {
    [ "$(kube -n flux-system get pods -l "$selector" -o json | jq '[.items[] | select(any(.status.containerStatuses[]?;
        (.lastState.terminated // .state.terminated).reason == "OOMKilled")) | .metadata.labels["app.kubernetes.io/component"]] | unique | length')" = "$1" ]
}

# Everything on the node is killed except the control plane, which runs elsewhere in a real cluster.
crash_node() {
    local started program
    stop_downloads
    for program in kubelet kube-proxy kube-router containerd; do kill_program "$program"; done
    kill_pods
    wait_until 90 'the node is not ready' node_is_lost node-1
    start_runtime
    started=$EPOCHREALTIME
    push
    pushed_is_applied 180
    figures="a push is applied $(since "$started") ms after the return"
    services_ready
}

# node_is_lost NODE
node_is_lost() { [ "$(kube get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = Unknown ]; }

# Ends the first processes of all containers and their parents, which containerd has started.
kill_pods() {
    local pids
    mapfile -t pids < <(pgrep -P "$node_pid" containerd-shim; find /sys/fs/cgroup -path '*/sluice-cluster/*' -name cgroup.procs -exec cat {} + | sort -u)
    kill -KILL "${pids[@]}" 2>/dev/null || true
}

# The trial: the chart with its default values on the node, under downloads that must not fail.
# shellcheck source=/dev/null
. "$home/deploy/node/actions.sh"

trial() {
    prepare
    step 'install with the default values in a namespace that enforces "restricted"' install
    step 'helm test, while there is no artifact' helm_test
    step 'from a source to an applied Kustomization' first_push
    step 'helm test, which downloads an artifact' helm_test
    step 'who may connect to what' network_policies
    start_downloads
    step 'rolling restart of both services under downloads' under_downloads restart_services
    step 'upgrade with other values under downloads' under_downloads upgrade
    step 'rollback under downloads' under_downloads rollback
    step 'scale to four servers and back under downloads' under_downloads scale
    step 'delete the leader under downloads' under_downloads delete_leader
    step 'delete a server under downloads' under_downloads delete_server
    step 'the API server is away under downloads' under_downloads without_apiserver
    step 'kill the leader under downloads' under_downloads kill_leader
    step 'kill a server' kill_server
    step 'time from the status of a source to applied' push_often 5
    usage
    step 'requests that RBAC denies' no_denied_requests
    step 'without a volume: persistence.enabled=false' one_pod
    step 'from persistence.enabled=false to a claim' from_one_pod
    step 'uninstall and install again' reinstall
    say "the trial has passed in $SECONDS s"
}

# step NAME FUNCTION...  runs a step; its figures are in $figures.
step() {
    local name=$1 started=$SECONDS
    shift
    figures=
    current=$name
    "$@"
    printf '[trial] %3d s  %s%s\n' $((SECONDS - started)) "$name" "${figures:+: $figures}"
}

install() {
    release install sluice "$home/charts/sluice" >/dev/null
    services_ready
}

helm_test() { release test sluice >"$logs/helm-test.log" 2>&1 || fail "helm test: $(tail -n 5 "$logs/helm-test.log")"; }

first_push() {
    local started=$EPOCHREALTIME
    push
    apply_filled apps.yaml
    announce
    pushed_is_applied 60
    figures="$(since "$started") ms with the creation of all objects"
}

network_policies() {
    pod consumer flux-system kustomize-controller 'sleep, "600"'
    pod stranger flux-system other 'sleep, "600"'
    pod outsider apps kustomize-controller 'sleep, "600"'
    local server reconciler url
    server=$(pod_address artifact-server) reconciler=$(pod_address reconciler)
    url=$(artifact_url)
    reachable yes consumer "$url"
    reachable no stranger "$url"
    reachable no outsider "$url"
    local from
    for from in consumer stranger outsider; do
        reachable yes "$from" "http://$server:8080/metrics"
        reachable yes "$from" "http://$reconciler:8080/metrics"
        reachable no "$from" "http://$reconciler:9440/healthz"
    done
    kube -n flux-system delete pod consumer stranger --wait=false >/dev/null
    kube -n apps delete pod outsider --wait=false >/dev/null
    figures='artifacts only for consumers, metrics for all, nothing else for anyone: 12 cells'
}

restart_services() {
    kube -n flux-system rollout restart deployment/sluice-artifact-server deployment/sluice-reconciler >/dev/null
    services_ready
    push
    pushed_is_applied 60
}

upgrade() {
    release upgrade sluice "$home/charts/sluice" --set logLevel=debug --set reconciler.concurrent=5 >/dev/null
    services_ready
    push
    pushed_is_applied 60
}

rollback() {
    release rollback sluice 1 >/dev/null
    services_ready
}

scale() {
    release upgrade sluice "$home/charts/sluice" --set artifactServer.replicas=4 >/dev/null
    services_ready
    release upgrade sluice "$home/charts/sluice" >/dev/null
    services_ready
    wait_until 60 'two servers are left' pods_are 2 artifact-server
}

delete_leader() {
    local old started=$EPOCHREALTIME
    old=$(leader)
    kube -n flux-system delete pod "$old" --wait=false >/dev/null
    push
    pushed_is_applied 90
    figures="a push is applied after $(since "$started") ms"
    services_ready
    [ "$(leader)" != "$old" ] || fail "the leader is still $old"
}

delete_server() {
    kube -n flux-system delete pod "$(some_pod artifact-server)" --wait=false >/dev/null
    sleep 5
    services_ready
}

without_apiserver() {
    kill_program kube-apiserver
    sleep 20
    start_apiserver
    push
    pushed_is_applied 120
    services_ready
}

kill_leader() {
    local old started=$EPOCHREALTIME
    old=$(leader)
    kill_container "$old" manager
    push
    pushed_is_applied 120
    figures="a push is applied after $(since "$started") ms"
    services_ready
}

# Clients notice it until the kubelet has restarted the container or the endpoint is gone: a second is allowed.
kill_server() {
    count_downloads >/dev/null
    kill_container "$(some_pod artifact-server)" manager
    sleep 5
    services_ready
    figures=$(count_downloads)
    [ "$(word 6 "$figures")" -le 5000 ] || fail "downloads fail for longer: $figures"
}

push_often() {
    local times=() started i
    for ((i = 0; i < $1; i++)); do
        started=$EPOCHREALTIME
        push
        pushed_is_applied 60
        times+=("$(since "$started")")
    done
    figures=$(printf '%s\n' "${times[@]}" | sort -n | awk '{ t[NR] = $1 } END { printf "median %d ms, worst %d ms of %d", t[int((NR + 1) / 2)], t[NR], NR }')
}

no_denied_requests() {
    local denied
    denied=$(jq -r 'select(.responseStatus.code == 403 and (.user.username | endswith(":source-watcher"))) | "\(.verb) \(.requestURI)"' \
        "$logs/audit.log" | sort | uniq -c)
    [ -z "$denied" ] || fail "RBAC denies requests of the reconciler: $denied"
    figures="none of $(grep -c ':source-watcher"' "$logs/audit.log")"
}

one_pod() {
    stop_downloads
    release upgrade sluice "$home/charts/sluice" --set persistence.enabled=false >/dev/null
    rolled_out 120 flux-system deployment/sluice-reconciler
    helm_test
    push
    pushed_is_applied 90
}

from_one_pod() {
    release upgrade sluice "$home/charts/sluice" >/dev/null
    services_ready
    push
    pushed_is_applied 90
}

reinstall() {
    release uninstall sluice >/dev/null
    wait_until 60 'all pods are gone' pods_are 0
    left_over
    install
    push
    pushed_is_applied 90
    helm_test
}

# Besides the definition and the volume, only what docs/deploy.md names is left.
left_over() {
    local left
    kube -n flux-system delete lease source-watcher-leader-election >/dev/null
    kube -n flux-system delete pod sluice-test-served --ignore-not-found >/dev/null
    left=$(kube -n flux-system get all,lease,configmap,secret,networkpolicy,serviceaccount,role,rolebinding -o name \
        | grep -E 'sluice|source-watcher') || return 0
    fail "uninstall leaves $left"
}

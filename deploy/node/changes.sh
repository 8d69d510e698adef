# Steps of the trial: planned changes.

install() {
    release install sluice "$home/charts/sluice" >/dev/null
    services_ready
}

helm_test() { release test sluice >"$logs/helm-test.log" 2>&1 || fail "helm test: $(tail -n 5 "$logs/helm-test.log")"; }

first_push() {
    local started=$EPOCHREALTIME
    push
    apply_filled apps.yaml
    pushed_is_applied 60 shop mail
    figures="$(since "$started") ms with the creation of all objects"
}

# The node itself may connect to its pods.
utf8_names() {
    local files
    files=$(in_node curl -fsS -m 10 "http://$(pod_address artifact-server):9090/$(artifact_url | sed 's#^[a-z]*://[^/]*/##')" \
        | tar -tz --quoting-style=literal)
    grep -qxF 'größe-漢字.txt' <<<"$files" || fail "the artifact has other names: $files"
    ! kube -n flux-system logs -l "$selector" --tail=-1 | grep 'locale is not UTF-8' || fail 'the images have no UTF-8 locale'
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
    for from in $(kube -n flux-system get networkpolicy default-deny -o name >/dev/null 2>&1 || echo stranger) consumer outsider; do
        reachable yes "$from" "http://$server:8080/metrics"
        reachable yes "$from" "http://$reconciler:8080/metrics"
        reachable no "$from" "http://$reconciler:9440/healthz"
    done
    kube -n flux-system delete pod consumer stranger --wait=false >/dev/null
    kube -n apps delete pod outsider --wait=false >/dev/null
    figures='artifacts only for consumers, metrics for all, nothing else for anyone: 12 cells'
}

# The chart's policies are enough in a namespace that denies everything by default.
default_deny() {
    apply_filled default-deny.yaml
    # the enforcer needs a moment for the new policies, and connections that exist continue
    sleep 5
    kube -n flux-system delete pod "$(leader)" --wait=false >/dev/null
    push
    pushed_is_applied 90
    services_ready
    helm_test
    network_policies
    figures='a push is applied, helm test passes, and the same connections are possible'
    kube -n flux-system delete networkpolicy default-deny flux-controllers >/dev/null
}

restart_services() {
    kube -n flux-system rollout restart deployment/sluice-artifact-server deployment/sluice-reconciler >/dev/null
    services_ready
    push
    pushed_is_applied 60
}

upgrade() {
    release upgrade sluice "$home/charts/sluice" --set logLevel=debug --set reconciler.concurrent=5 --set artifactServer.replicas=4 >/dev/null
    services_ready
    push
    pushed_is_applied 60
}

rollback() {
    release rollback sluice 1 >/dev/null
    services_ready
    wait_until 60 'two servers are left' pods_are 2 artifact-server
}

delete_pods() {
    local old started=$EPOCHREALTIME
    old=$(leader)
    kube -n flux-system delete pod "$old" "$(some_pod artifact-server)" --wait=false >/dev/null
    push
    pushed_is_applied 90
    figures="a push is applied after $(since "$started") ms"
    services_ready
    [ "$(leader)" != "$old" ] || fail "the leader is still $old"
}

push_often() {
    local shop=() mail=() started i
    for ((i = 0; i < $1; i++)); do
        started=$EPOCHREALTIME
        push
        pushed_is_applied 60 shop
        shop+=("$(since "$started")")
        pushed_is_applied 60 mail
        mail+=("$(since "$started")")
    done
    figures="Kustomization $(median "${shop[@]}"); HelmRelease $(median "${mail[@]}")"
}

median() {
    printf '%s\n' "$@" | sort -n | awk '{ t[NR] = $1 } END { printf "median %d ms, worst %d ms of %d", t[int((NR + 1) / 2)], t[NR], NR }'
}

# Except for Leases: with another watchLabelSelector, replicas are denied their previous one until they are replaced.
no_denied_requests() {
    local denied
    denied=$(jq -r 'select(.responseStatus.code == 403 and .objectRef.resource != "leases" and (.user.username | endswith(":source-watcher"))) | "\(.verb) \(.requestURI)"' \
        "$logs/audit.log" | sort | uniq -c)
    [ -z "$denied" ] || fail "RBAC denies requests of the reconciler: $denied"
    figures="none of $(grep -c ':source-watcher"' "$logs/audit.log")"
}

# The documented way to another access mode: a claim that the user creates.
other_claim() {
    volume volume-2 ReadWriteMany
    claim artifacts-2 volume-2 ReadWriteMany
    local refused
    refused=$(release upgrade sluice "$home/charts/sluice" --set persistence.accessMode=ReadWriteMany 2>&1) && fail 'the access mode of a claim can be changed'
    grep -q 'cannot be changed' <<<"$refused" || fail "unexpected: $refused"
    release upgrade sluice "$home/charts/sluice" --set persistence.existingClaim=artifacts-2 --set persistence.accessMode=ReadWriteMany >/dev/null
    services_ready
    push
    pushed_is_applied 120
}

# With no other node, a PodDisruptionBudget must keep one pod of each service until it is uncordoned.
drain() {
    local refused
    refused=$(in_node timeout 40 kubectl drain node-1 --pod-selector="$selector" --delete-emptydir-data --ignore-daemonsets --timeout=20s 2>&1) \
        && fail 'the drain is not refused'
    grep -q "violate the pod's disruption budget" <<<"$refused" || fail "unexpected: $refused"
    kube uncordon node-1 >/dev/null
    services_ready
    push
    pushed_is_applied 90
    figures='one pod of each service stays'
}

one_pod() {
    local started=$EPOCHREALTIME
    release upgrade sluice "$home/charts/sluice" --set persistence.enabled=false >/dev/null
    rolled_out 120 flux-system deployment/sluice-reconciler
    helm_test
    push
    pushed_is_applied 90
    figures="$(since "$started") ms"
}

from_one_pod() {
    local started=$EPOCHREALTIME
    release upgrade sluice "$home/charts/sluice" >/dev/null
    services_ready
    figures="ready after $(since "$started") ms"
    push
    pushed_is_applied 90
    figures="$figures, a push is applied after $(since "$started") ms"
}

reinstall() {
    uninstall
    install
    push
    pushed_is_applied 90
    helm_test
}

uninstall() {
    release uninstall sluice >/dev/null
    gone
}

gone() {
    wait_until 60 'all pods are gone' pods_are 0
    left_over
}

# Besides the definition and the volume, only what docs/deploy.md names is left.
left_over() {
    local left
    for left in $(kube -n flux-system get lease -o name | grep source-watcher-leader-election); do kube -n flux-system delete "$left" >/dev/null; done
    kube -n flux-system delete pod sluice-test-served --ignore-not-found >/dev/null
    left=$(kube -n flux-system get all,lease,configmap,secret,networkpolicy,serviceaccount,role,rolebinding -o name \
        | grep -E 'sluice|source-watcher') || return 0
    fail "uninstall leaves $left"
}

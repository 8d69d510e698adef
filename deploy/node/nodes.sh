# Steps of the trial: two nodes with a volume that both mount.

# install_on CLAIM [OPTION...]
install_on() {
    release upgrade --install sluice "$home/charts/sluice" --set "persistence.existingClaim=$1" --set persistence.accessMode=ReadWriteMany "${@:2}" >/dev/null
}

two_nodes() {
    local component number
    require_shared_volumes
    start_second_node
    for number in 1 2; do on_node "$number" overlay_libraries; done
    share_volume shared 24100
    install_on shared
    services_ready
    push
    pushed_is_applied 120
    helm_test
    for component in reconciler artifact-server; do
        [ "$(nodes_of "$component")" = 'node-1 node-2' ] || fail "all pods of the $component are on $(nodes_of "$component")"
    done
    # the client of the following steps is on the node that stays
    kube cordon node-2 >/dev/null
    start_downloads
    kube uncordon node-2 >/dev/null
    figures='a reconciler and a server on each node'
}

# nodes_of COMPONENT
nodes_of() {
    kube -n flux-system get pods -l "$selector,app.kubernetes.io/component=$1" -o json \
        | jq -r '[.items[] | select(.metadata.deletionTimestamp == null) | .spec.nodeName] | unique | join(" ")'
}

# node_of POD
node_of() { kube -n flux-system get pod "$1" -o 'jsonpath={.spec.nodeName}'; }

# A file that the leader's node removes and rebuilds: the other node has cached first that it exists, then that it does not.
late_file() {
    local near far address path started
    near=$(node_of "$(leader)")
    far=node-$((3 - ${near#node-}))
    path=$(artifact_url | sed 's#^[a-z]*://[^/]*/##')
    address=$(kube -n flux-system get pods -l "$selector,app.kubernetes.io/component=artifact-server" -o json \
        | jq -r --arg node "$far" '[.items[] | select(.spec.nodeName == $node and .metadata.deletionTimestamp == null)][0].status.podIP')
    served_from "${far#node-}" "$address" "$path" || fail "the server on $far does not serve $path"
    count_downloads >/dev/null
    on_node "${near#node-}" in_node rm "$state/volumes/shared/$path"
    wait_until 40 "the server on $far notices that $path is gone" is_missing_from "${far#node-}" "$address" "$path"
    started=$EPOCHREALTIME
    reconcile_now apps artifactgenerator/apps
    wait_until 90 "the server on $far serves $path again" served_from "${far#node-}" "$address" "$path"
    figures="removed and rebuilt on $near; the server on $far serves it after $(since "$started") ms"
    sleep 25
    wait_until 10 "the server on $far still serves $path" served_from "${far#node-}" "$address" "$path"
    figures="$figures; $(count_downloads)"
}

# served_from NODE ADDRESS PATH
served_from() { on_node "$1" in_node curl -sf -m 5 -o /dev/null "http://$2:9090/$3"; }

is_missing_from() { ! served_from "$@"; }

# The server of the volume hangs and returns: the artifact servers answer 503 or not at all, then continue.
hanging_volume() {
    local started restarts
    restarts=$(count_restarts artifact-server)
    count_downloads >/dev/null
    kill_program server-of-shared STOP
    sleep 30
    kill_program server-of-shared CONT
    started=$EPOCHREALTIME
    services_ready
    figures="all ready $(since "$started") ms after its return"
    push
    pushed_is_applied 120
    figures="$figures; a push is applied after $(since "$started") ms; $(($(count_restarts artifact-server) - restarts)) restarts of servers; $(count_downloads)"
}

# The server of the volume is gone for 20 s: accesses fail at once, and handles of open files are stale afterwards.
lost_volume_server() {
    local started
    count_downloads >/dev/null
    kill_program server-of-shared
    sleep 20
    start_volume_server shared
    started=$EPOCHREALTIME
    services_ready
    push
    pushed_is_applied 120
    figures="a push is applied $(since "$started") ms after its return; $(count_downloads)"
}

# A volume whose owner the kubelet does not change, as with most drivers for NFS, and on which root of the nodes has no rights
# (root_squash): it belongs to root of the server until somebody there gives it to the group.
closed_volume() {
    share_volume closed 24101 on
    ! in_node touch "$state/volumes/closed/probe" 2>/dev/null || fail 'root of a node can write to the volume'
    uninstall
    install_on closed --set podSecurityContext.fsGroup=null --set 'podSecurityContext.supplementalGroups={1337}'
    wait_until 150 'a reconciler refuses the volume' is_refused
    count_downloads >/dev/null
    figures="$(refusals | tail -n 1 | jq -r '[.msg, .error] | map(select(.)) | join(": ")' | cut -c1-200)"
    chgrp 1337 "$state/shared/closed"
    chmod 2775 "$state/shared/closed"
    services_ready
    push
    pushed_is_applied 150
    figures="$figures; after a change of its group, a push is applied; $(count_downloads)"
    install_on shared
    services_ready
    push
    pushed_is_applied 150
}

refusals() { kube -n flux-system logs -l "$selector,app.kubernetes.io/component=reconciler" --tail=-1 | grep 'permission denied'; }

is_refused() { [ -n "$(refusals)" ]; }

# lead_from NODE  deletes the leader until a reconciler on the node is the leader.
lead_from() {
    while [ "$(node_of "$(leader)")" != "$1" ]; do
        kube -n flux-system delete pod "$(leader)" >/dev/null
        services_ready
        sleep 2
    done
}

# A suspended virtual machine: the node does not answer, all its processes stop, also the one that accesses the volume, and later
# all of them continue.
suspend_node() {
    local started
    lead_from node-2
    count_downloads >/dev/null
    started=$EPOCHREALTIME
    in_node ip link set to-node-2 down
    on_node 2 in_node sh -c 'kill -STOP -1'
    push
    pushed_is_applied 150
    figures="a push is applied after $(since "$started") ms"
    wait_until 120 'node-2 is not ready' node_is_lost node-2
    figures="$figures; $(count_downloads)"
    on_node 2 in_node sh -c 'kill -CONT -1'
    in_node ip link set to-node-2 up
    in_node timeout 70 kubectl wait --for=condition=Ready node/node-2 --timeout=60s >/dev/null
    services_ready
    [ "$(node_of "$(leader)")" = node-1 ] || fail 'the suspended leader leads again'
    count_downloads >/dev/null
    push
    pushed_is_applied 120
    figures="$figures; after its return: $(count_downloads)"
}

# A node disappears. Its pods are replaced when an administrator says that it is gone.
lose_node() {
    local started
    lead_from node-2
    count_downloads >/dev/null
    started=$EPOCHREALTIME
    kill_node 2
    select_node 1
    push
    pushed_is_applied 150
    figures="a push is applied after $(since "$started") ms"
    wait_until 120 'node-2 is not ready' node_is_lost node-2
    sleep 3
    figures="$figures; $(count_downloads)"
    kube taint node node-2 node.kubernetes.io/out-of-service=nodeshutdown:NoExecute >/dev/null
    wait_until 180 'no pod is left on node-2' no_pods_on_node_2
    services_ready
    figures="$figures; all pods are replaced after $(since "$started") ms"
    stop_downloads
}

no_pods_on_node_2() { [ -z "$(kube -n flux-system get pods -l "$selector" --field-selector spec.nodeName=node-2 -o name)" ]; }

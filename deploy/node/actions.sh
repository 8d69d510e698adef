# What an operator does and sees in the trial.

prepare() {
    local work=$state/work
    if [ -d "$work" ]; then
        release uninstall sluice >/dev/null 2>&1 || true
        fail 'this node has had a trial; start again with: deploy/cluster down && deploy/cluster up'
    fi
    version=0
    cat >"$state/config/values.yaml" <<END
reconciler: {image: sluice.invalid/reconciler-service, tag: $tag}
artifactServer: {image: sluice.invalid/artifact-server-service, tag: $tag}
END
    git init -q -b main "$work"
    mkdir -p "$work"/{shop,assets}
    head -c 300000 /dev/urandom >"$work/assets/picture"
}

# push  commits the next version of the application and announces it.
push() {
    local work=$state/work
    version=$((version + 1))
    printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata: {version: "%s"}\n' "$version" >"$work/shop/version.yaml"
    git -C "$work" add -A
    git -C "$work" -c user.name=trial -c user.email=trial@sluice.invalid commit -qm "version $version"
    [ "$version" = 1 ] || announce
}

# announce  does what source-controller does after a push: stores an archive, and its URL and digest in the status.
announce() {
    local archive=$state/sources/$version.tar.gz
    git -C "$state/work" archive --format=tar.gz -o "$archive" HEAD
    kube -n apps patch gitrepository/apps --subresource=status --type=merge >/dev/null -p "$(jq -nc \
        --arg version "$version" --arg url "http://$node_address:8888/$version.tar.gz" --arg time "$(date -u +%FT%TZ)" \
        --arg commit "$(git -C "$state/work" rev-parse HEAD)" --arg digest "$(sha256sum <"$archive" | cut -d' ' -f1)" \
        --argjson size "$(stat -c %s "$archive")" '{status: {observedGeneration: 1,
            artifact: {path: $version, url: $url, revision: "main@sha1:\($commit)", digest: "sha256:\($digest)", lastUpdateTime: $time, size: $size},
            conditions: [{type: "Ready", status: "True", reason: "Succeeded", message: "stored", lastTransitionTime: $time, observedGeneration: 1}]}}')"
}

is_applied() { [ "$(kube -n apps get configmap shop -o 'jsonpath={.data.version}')" = "$version" ]; }

pushed_is_applied() { wait_until "$1" "version $version is applied" is_applied; }

# since TIME  milliseconds since a value of EPOCHREALTIME.
since() { echo $(((${EPOCHREALTIME/./} - ${1/./}) / 1000)); }

release() { in_node timeout 180 helm -n flux-system "$@" $([[ $1 != install && $1 != upgrade ]] || echo "--values=$state/config/values.yaml"); }

services_ready() { rolled_out 150 flux-system deployment/sluice-artifact-server deployment/sluice-reconciler; }

selector=app.kubernetes.io/name=sluice

# some_pod COMPONENT  the first running pod.
some_pod() {
    kube -n flux-system get pods -l "$selector,app.kubernetes.io/component=$1" -o json \
        | jq -r '[.items[] | select(.metadata.deletionTimestamp == null) | select(any(.status.conditions[]?; .type == "Ready" and .status == "True"))][0].metadata.name'
}

pod_address() { kube -n flux-system get pod "$(some_pod "$1")" -o 'jsonpath={.status.podIP}'; }

# pods_are NUMBER [COMPONENT]
pods_are() { [ "$(kube -n flux-system get pods -l "$selector${2:+,app.kubernetes.io/component=$2}" -o name | wc -l)" = "$1" ]; }

leader() { kube -n flux-system get lease source-watcher-leader-election -o 'jsonpath={.spec.holderIdentity}' | sed 's/_.*//'; }

artifact_url() { kube -n apps get externalartifact assets -o 'jsonpath={.status.artifact.url}'; }

# container_id POD CONTAINER
container_id() {
    kube -n flux-system get pod "$1" -o "jsonpath={.status.containerStatuses[?(@.name==\"$2\")].containerID}" | sed 's#containerd://##'
}

# kill_container POD CONTAINER [SIGNAL]
kill_container() { in_node ctr -n k8s.io tasks kill -s "${3:-KILL}" "$(container_id "$1" "$2")"; }

# pod NAME NAMESPACE APP COMMAND
pod() {
    apply_filled pod.yaml "s/@NAME@/$1/" "s/@NAMESPACE@/$2/" "s/@APP@/$3/" "s|@COMMAND@|$4|"
    in_node timeout 40 kubectl -n "$2" wait --for=condition=Ready "pod/$1" --timeout=30s >/dev/null
}

# reachable yes|no POD URL  tries until it is as expected: enforcers admit a new pod a moment after its start.
reachable() {
    local namespace=flux-system
    [ "$2" != outsider ] || namespace=apps
    if [ "$1" = yes ]; then
        wait_until 20 "$2 can get $3" kube -n "$namespace" exec "$2" -- wget -q -T 3 -O /dev/null "$3"
    elif kube -n "$namespace" exec "$2" -- wget -q -T 2 -O /dev/null "$3" >/dev/null 2>&1; then
        fail "$2 can get $3"
    fi
}

start_downloads() {
    pod downloads flux-system kustomize-controller "downloads, \"4\", \"$(artifact_url)\""
    sleep 1
    count_downloads >/dev/null
    totals=0
}

stop_downloads() {
    kube -n flux-system delete pod downloads >/dev/null
    say "$totals downloads in all steps under downloads, none failed"
}

reports() { kube -n flux-system logs downloads | grep -c '^ok ' || true; }

reported() { [ "$(reports)" -gt "$1" ]; }

# count_downloads  prints the counts since the last call.
count_downloads() {
    local before
    before=$(reports)
    kill_container downloads main USR1
    wait_until 10 'the pod reports its downloads' reported "$before"
    kube -n flux-system logs downloads | grep '^ok ' | tail -n 1
}

# word N TEXT
word() { awk -v n="$1" '{ print $n }' <<<"$2"; }

# under_downloads FUNCTION  no download may fail meanwhile.
under_downloads() {
    local counts
    count_downloads >/dev/null
    "$1"
    counts=$(count_downloads)
    [ "$(word 4 "$counts")" = 0 ] || fail "downloads failed: $counts: $(kube -n flux-system logs downloads | grep failed: | tail -n 5)"
    [ "$(word 2 "$counts")" -gt 0 ] || fail "no download: $counts"
    totals=$((totals + $(word 2 "$counts")))
    figures=${figures:+$figures; }$counts
}

# cgroup_file ID NAME...  the first file with one of these names in the control group of a container.
cgroup_file() {
    local id=$1 name file
    shift
    for name; do
        file=$(find /sys/fs/cgroup -path "*/sluice-cluster/*/$id/$name" 2>/dev/null | head -n 1)
        if [ -n "$file" ]; then
            echo "$file"
            return
        fi
    done
}

# usage  prints the working set and the processor time of each container, from its control group (version 1 or 2).
usage() {
    local pod name id restarts memory inactive cpu
    kube -n flux-system get pods -l "$selector" -o json \
        | jq -r '.items[] | .metadata.name as $pod | .status.containerStatuses[] | [$pod, .name, (.containerID | sub("containerd://"; "")), .restartCount] | @tsv' \
        | while IFS=$'\t' read -r pod name id restarts; do
            memory=$(cgroup_file "$id" memory.usage_in_bytes memory.current)
            inactive=$(awk '/^(total_)?inactive_file / { n = $2 } END { print n + 0 }' "$(dirname "$memory")/memory.stat")
            cpu=$(cgroup_file "$id" cpuacct.usage cpu.stat)
            cpu=$(awk 'NR == 1 { print NF == 1 ? int($1 / 1e6) : int($2 / 1e3) }' "$cpu")
            printf '[trial]        %s/%s: %d MiB, %d ms of processor time, %d restarts\n' \
                "$pod" "$name" $((($(cat "$memory") - inactive) / 1048576)) "$cpu" "$restarts"
        done
}

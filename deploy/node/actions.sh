# What an operator does and sees in the trial.

prepare() {
    local repository
    cat >"$state/config/values.yaml" <<END
reconciler: {image: sluice.invalid/reconciler-service, tag: $tag}
artifactServer: {image: sluice.invalid/artifact-server-service, tag: $tag}
END
    for repository in apps platform; do
        git init -q --bare -b main "$state/sources/$repository.git"
        git init -q -b main "$state/work/$repository"
        git -C "$state/work/$repository" remote add origin "$state/sources/$repository.git"
    done
    mkdir -p "$state/work/apps"/{shop,mail/templates,assets} "$state/work/platform/charts"
    head -c 300000 /dev/urandom >"$state/work/apps/assets/picture"
    echo 'Zürich' >"$state/work/apps/assets/größe-漢字.txt"
    printf 'apiVersion: v2\nname: mail\nversion: 1.0.0\n' >"$state/work/apps/mail/Chart.yaml"
    config_map mail '{{ .Values.version }}' >"$state/work/apps/mail/templates/version.yaml"
    cp -r "$home/charts/sluice" "$state/work/platform/charts/"
    commit_and_push platform 'the chart'
}

# config_map NAME VERSION
config_map() { printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {version: "%s"}\n' "$1" "$2"; }

# commit_and_push REPOSITORY MESSAGE
commit_and_push() {
    local work=$state/work/$1
    git -C "$work" add -A
    git -C "$work" -c user.name=trial -c user.email=trial@sluice.invalid commit -qm "$2"
    git -C "$work" push -q origin main
}

# The version of the application that was pushed last.
version() { git -C "$state/work/apps" rev-list --count main; }

# push  pushes the next version of the application, and tells source-controller as a webhook does.
push() {
    local work=$state/work/apps next=1
    [ ! -f "$work/shop/version.yaml" ] || next=$(($(version) + 1))
    config_map shop "$next" >"$work/shop/version.yaml"
    printf 'version: "%s"\n' "$next" >"$work/mail/values.yaml"
    commit_and_push apps "version $next"
    [ "$next" = 1 ] || reconcile_now apps gitrepository/apps
}

# reconcile_now NAMESPACE OBJECT
reconcile_now() { kube -n "$1" annotate --overwrite "$2" "reconcile.fluxcd.io/requestedAt=$EPOCHREALTIME" >/dev/null; }

# is_applied CONFIGMAP
is_applied() { [ "$(kube -n apps get configmap "$1" -o 'jsonpath={.data.version}')" = "$(version)" ]; }

# pushed_is_applied SECONDS [CONFIGMAP...]  by default, that of the Kustomization.
pushed_is_applied() {
    local seconds=$1 name
    shift
    for name in "${@:-shop}"; do wait_until "$seconds" "version $(version) of $name is applied" is_applied "$name"; done
}

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

# Paths, messages, tools and waiting, for deploy/cluster.
state=${SLUICE_CLUSTER:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_CLUSTER}/.cache}/sluice/cluster}
logs=$state/logs
server_address=10.200.0.1
dns_address=10.96.0.10

say() { printf '[cluster +%ds] %s\n' "$SECONDS" "$*" >&2; }

fail() {
    say "FAILED: $*"
    exit 1
}

# untried WHY  exits with the code that means: not tried.
untried() {
    say "not tried on a cluster: $*"
    exit 3
}

# first LINES... prints the first existing path.
first() {
    local path
    for path; do
        if [ -e "$path" ]; then
            echo "$path"
            return
        fi
    done
    return 1
}

# one_tool VARIABLE WHAT SCRIPT [ARGUMENT]  sets VARIABLE to the output of a script in .ci unless it is set.
one_tool() {
    local value=${!1:-}
    [ -n "$value" ] || value=$("$home/.ci/$3" "${@:4}") || exit
    [ -n "$value" ] || untried "no $2"
    export "$1=$value"
}

# Whether the kernel and the container that this may run in allow what a node needs.
permits_nodes() {
    local directory=/sys/fs/cgroup/pids
    [ ! -f /sys/fs/cgroup/cgroup.controllers ] || directory=/sys/fs/cgroup
    mkdir -p "$directory/sluice-probe" && rmdir "$directory/sluice-probe" \
        && grep -qw overlay /proc/filesystems \
        && unshare --net --mount --pid --fork --propagation slave \
            sh -c 'mount --make-rshared / && mount -t tmpfs tmpfs /mnt &&
                { ! command -v ip || { ip link add probe type bridge && ip link add type veth; }; }'
} >/dev/null 2>&1

require_tools() {
    [ "$(id -u)" = 0 ] || untried 'this needs root'
    local program
    for program in curl git nsenter openssl unshare; do
        command -v "$program" >/dev/null || untried "this needs $program"
    done
    permits_nodes || untried 'this machine does not permit namespaces, mounts, bridges or control groups'
    one_tool KUBEBUILDER_ASSETS kube-apiserver kube-tools.sh
    one_tool SLUICE_HELM helm helm.sh
    one_tool SLUICE_FLUX kustomize-controller flux.sh
    [ -x "$SLUICE_FLUX/source-controller" ] || untried 'no source-controller'
    one_tool SLUICE_NODE_TOOLS kubelet cluster-tools.sh kubernetes
    one_tool SLUICE_NODE_PROGRAMS 'programs of the trial' cluster-tools.sh programs
    one_tool SLUICE_COREDNS CoreDNS cluster-tools.sh coredns
    one_tool SLUICE_SOURCE_DEFINITIONS "definitions of Flux's sources" cluster-tools.sh definitions
    one_tool SLUICE_HELM_CONTROLLER helm-controller cluster-tools.sh helm-controller
    one_tool SLUICE_KUBE_ROUTER kube-router cluster-tools.sh kube-router
    one_tool SLUICE_DEBIAN_TOOLS 'Debian packages' debian-tools.sh
    local tree=$SLUICE_DEBIAN_TOOLS/tree
    libraries=$tree/usr/lib/$(uname -m)-linux-gnu
    cni_plugins=$(first "$tree/usr/lib/cni" /usr/lib/cni /opt/cni/bin) || untried 'no CNI plugins'
    export PATH=$state/bin:$KUBEBUILDER_ASSETS:$(dirname "$SLUICE_HELM"):$SLUICE_FLUX:$SLUICE_NODE_TOOLS:$SLUICE_NODE_PROGRAMS:$SLUICE_HELM_CONTROLLER:$SLUICE_COREDNS:$SLUICE_KUBE_ROUTER:$tree/usr/sbin:$tree/usr/bin:$tree/sbin:$tree/bin:$PATH
    export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    [ ! -d "$libraries/xtables" ] || export XTABLES_LIBDIR=$libraries/xtables
    export KUBECONFIG=$state/config/admin.kubeconfig
}

# wait_until SECONDS WHAT COMMAND...  polls until the command succeeds; fails after the time with its last output.
wait_until() {
    local end=$((SECONDS + $1)) what=$2 output
    shift 2
    until output=$("$@" 2>&1); do
        [ "$SECONDS" -lt "$end" ] || fail "not in time: $what: $output"
        sleep 0.2
    done
}

# kube ARGUMENTS...  kubectl on the node, at most half a minute.
kube() { in_node timeout 30 kubectl "$@"; }

# rolled_out SECONDS NAMESPACE WORKLOAD...
rolled_out() {
    local seconds=$1 namespace=$2 workload
    shift 2
    for workload; do
        in_node timeout "$((seconds + 10))" kubectl -n "$namespace" rollout status "$workload" "--timeout=${seconds}s" >/dev/null \
            || fail "$workload in $namespace is not ready after $seconds s"
    done
}

# failed CODE WHAT  called at exit: collects what explains a failure.
failed() {
    [ "$1" != 0 ] || return 0
    say "$2; collecting logs"
    explain >"$logs/explanation.txt" 2>&1 || true
    tail -n 60 "$logs/explanation.txt" >&2
    rm -rf "$state.failed"
    cp -r "$logs" "$state.failed"
    say "logs are in $state.failed"
}

# The state of all pods, the latest events, and the logs of those that are not well.
explain() {
    local namespace pod
    kube get nodes,pods,pvc -A -o wide
    kube get gitrepositories,artifactgenerators,externalartifacts,kustomizations,helmreleases -A
    kube get events -A --sort-by=.lastTimestamp | tail -n 60
    kube get pods -A --no-headers -o custom-columns=N:.metadata.namespace,P:.metadata.name | while read -r namespace pod; do
        for previous in false true; do
            kube -n "$namespace" logs "$pod" --all-containers --prefix "--previous=$previous" \
                >"$logs/$namespace.$pod.previous-$previous.log" 2>&1 </dev/null || true
        done
        [ "$(kube -n "$namespace" get pod "$pod" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' </dev/null)" = True ] || {
            echo "== $namespace/$pod"
            tail -n 15 "$logs/$namespace.$pod.previous-false.log"
        }
    done
}

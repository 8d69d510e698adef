#!/usr/bin/env bash
# Builds programs of a Kubernetes node, or of what runs on it, once from their published Go modules, for deploy/cluster.
#
# Usage: cluster-tools.sh kubernetes | programs | coredns | kube-router | helm-controller | definitions | metrics-server | prometheus-operator
#   Progress goes to stderr. The only line on stdout is the directory with the programs and with the definitions of their
#   kinds; or with the definitions of Flux's sources. Without Go or the module proxy, or if the build takes longer than CI can wait,
#   stdout is empty and the exit code is 0: the chart is then not tried on a cluster. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

what=${1:?name a module of .ci/cluster-tools}
tool=cluster-tools without="$what on a cluster"
modules=$(cd "$(dirname "${BASH_SOURCE[0]}")/cluster-tools" && pwd)
version() { awk -v module="$1" '{ sub(/^require /, "") } $1 == module && $2 ~ /^v/ { print $2; exit }' "$modules/$what/go.mod"; }
flags='-s -w'
case $what in
    kubernetes)
        module=k8s.io/kubernetes
        packages=("$module"/cmd/{kubelet,kube-controller-manager,kube-scheduler,kube-proxy})
        flags=$(kubernetes_flags "$(version "$module")")
        ;;
    programs) module='' packages=(./...) ;; # small programs of our own
    coredns) module=github.com/coredns/coredns packages=(.) ;;
    kube-router) module=github.com/cloudnativelabs/kube-router/v2 packages=("$module/cmd/kube-router") ;;
    helm-controller) module=github.com/fluxcd/helm-controller packages=("$module") ;;
    definitions) module=github.com/fluxcd/source-controller packages=() ;;
    metrics-server) module=sigs.k8s.io/metrics-server packages=("$module/cmd/metrics-server") ;;
    prometheus-operator)
        module=github.com/prometheus-operator/prometheus-operator
        packages=("$module"/cmd/{operator,prometheus-config-reloader})
        ;;
    *)
        sed -n '4p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
tools=$(find "$modules/$what" -type f | LC_ALL=C sort | xargs cat | cached "$what-")

have() { [ -d "$tools" ]; }

found() {
    say "$1: $what${module:+ $(version "$module")} in $tools"
    echo "$tools"
}

take_or_begin 3600
cd "$modules/$what"
say "downloading the modules of $what${module:+ $(version "$module")}"
if [ "$what" != definitions ]; then
    [ "$what" != helm-controller ] || export GOTOOLCHAIN=auto
    download 900 go list -mod=readonly -deps "${packages[@]}"
    say "modules downloaded after $SECONDS s; building"
    build 2400 go build -mod=readonly -trimpath -ldflags "$flags" -o "$building/" "${packages[@]}"
fi
case $what in
    definitions | helm-controller) kinds=config/crd/bases ;;
    prometheus-operator) kinds=example/prometheus-operator-crd ;;
    *) kinds= ;;
esac
if [ -n "$kinds" ]; then
    download 300 go mod download "$module"
    cp "$(go list -mod=readonly -m -f '{{.Dir}}' "$module")/$kinds"/*.yaml "$building"
    chmod 644 "$building"/*.yaml
fi
keep

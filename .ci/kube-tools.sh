#!/usr/bin/env bash
# Builds kube-apiserver, etcd and kubectl once from their published Go modules, for the tests on a real API server.
#
# Usage: kube-tools.sh
#   Progress goes to stderr, one line per step. The only line on stdout is the directory with the three binaries: pass it
#   to the tests as KUBEBUILDER_ASSETS. Without Go or the module proxy, stdout is empty and the exit code is 0: the tests
#   then use only the in-memory API. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory (default: sluice/kube-tools in the user's cache directory)
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=kube-tools without='a real kube-apiserver'
module=$(cd "$(dirname "${BASH_SOURCE[0]}")/kube-tools" && pwd)
kubernetes=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' "$module/go.mod")
etcd=$(awk '$1 == "go.etcd.io/etcd/server/v3" && $2 != "" { print $2; exit }' "$module/go.mod")
ldflags=$(kubernetes_flags "$kubernetes")
tools=$({ cat "$module/go.mod" "$module/go.sum"; echo "$ldflags"; } | cached '')

have() { [ -x "$tools/kube-apiserver" ] && [ -x "$tools/etcd" ] && [ -x "$tools/kubectl" ]; }

found() {
    say "$1: kube-apiserver and kubectl $kubernetes, etcd $etcd in $tools"
    echo "$tools"
}

build_one() {
    local name=$1 package=$2 started=$SECONDS
    say "building $name"
    build 3600 go build -mod=readonly -trimpath -ldflags "$ldflags" -o "$building/$name" "$package"
    say "built $name in $((SECONDS - started)) s"
}

take_or_begin 4500
cd "$module"
say "downloading the modules of Kubernetes $kubernetes and etcd $etcd"
download 900 go list -mod=readonly -deps tool
say "modules downloaded after $SECONDS s"
build_one etcd go.etcd.io/etcd/server/v3
build_one kubectl k8s.io/kubernetes/cmd/kubectl
build_one kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver
keep

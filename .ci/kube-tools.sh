#!/usr/bin/env bash
# Builds kube-apiserver, etcd and kubectl from their published Go modules, once, for the tests that want a real API.
#
# Usage: kube-tools.sh
#   Progress goes to stderr, one line a step. The directory with the three binaries is the only line on stdout: give it
#   to the tests as KUBEBUILDER_ASSETS. Where Go or the module proxy is missing, stdout stays empty and the exit code
#   is 0: the tests then use the in-memory API only. A build that breaks is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  where the binaries are kept (default: sluice/kube-tools in the user's cache directory)
set -euo pipefail
# shellcheck source=.ci/limited.sh
. "$(dirname "${BASH_SOURCE[0]}")/limited.sh"

module=$(cd "$(dirname "${BASH_SOURCE[0]}")/kube-tools" && pwd)
cache=${SLUICE_KUBE_TOOLS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_KUBE_TOOLS_CACHE}/.cache}/sluice/kube-tools}

say() { printf '[kube-tools] %s\n' "$*" >&2; }
elapsed() { echo "$((SECONDS - ${1:-0})) s"; }

kubernetes=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' "$module/go.mod")
etcd=$(awk '$1 == "go.etcd.io/etcd/server/v3" && $2 != "" { print $2; exit }' "$module/go.mod")
IFS=. read -r major minor _ <<<"${kubernetes#v}"
stamp=k8s.io/component-base/version
ldflags="-s -w -X $stamp.gitVersion=$kubernetes -X $stamp.gitMajor=$major -X $stamp.gitMinor=$minor -X $stamp.gitTreeState=clean"

# The pins, the flags and the platform decide what is built, so they name the directory.
key=$({ cat "$module/go.mod" "$module/go.sum"; echo "$ldflags"; uname -sm; } | sha256sum | cut -c1-16)
tools=$cache/$key

have_tools() { [ -x "$tools/kube-apiserver" ] && [ -x "$tools/etcd" ] && [ -x "$tools/kubectl" ]; }

found() {
    say "$1: kube-apiserver and kubectl $kubernetes, etcd $etcd in $tools"
    echo "$tools"
    exit 0
}

if have_tools; then
    found 'in the cache'
fi
if ! command -v go >/dev/null; then
    say 'no Go here: going on without a real kube-apiserver'
    exit 0
fi

mkdir -p "$cache"
if command -v flock >/dev/null; then
    # Two runs at the same moment would only slow each other down; the second takes what the first has built.
    exec 9>"$cache/$key.lock"
    limited_lock 'a real kube-apiserver' 4500
    if have_tools; then
        found 'in the cache'
    fi
fi

building=$(mktemp -d "$cache/$key.building.XXXXXX")
trap 'rm -rf "$building"' EXIT

# No C compiler is needed, and the paths of this machine stay out of the binaries.
export CGO_ENABLED=0
cd "$module"

say "downloading the modules of Kubernetes $kubernetes and etcd $etcd"
if ! limited 900 go list -mod=readonly -deps tool >/dev/null 2>"$building/download.log"; then
    say "the Go module proxy does not answer ($(tail -n 1 "$building/download.log")): going on without a real kube-apiserver"
    exit 0
fi
say "modules at hand after $(elapsed)"

build() {
    local name=$1 package=$2 started=$SECONDS
    say "building $name"
    limited_build 'a real kube-apiserver' 3600 go build -mod=readonly -trimpath -ldflags "$ldflags" -o "$building/$name" "$package"
    say "built $name in $(elapsed "$started")"
}
build etcd go.etcd.io/etcd/server/v3
build kubectl k8s.io/kubernetes/cmd/kubectl
build kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver

rm -f "$building/download.log"
chmod 755 "$building"
if ! mv -T "$building" "$tools" 2>/dev/null && ! have_tools; then
    say "cannot move $building to $tools: remove what stands there and run again"
    exit 1
fi
found "built in $(elapsed)"

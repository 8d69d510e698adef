#!/usr/bin/env bash
# Builds helm from its published Go module, once, for the tests of the chart.
#
# Usage: helm.sh
#   Progress goes to stderr. The path of the binary is the only line on stdout: give it to the tests as SLUICE_HELM.
#   Where Go or the module proxy is missing, stdout stays empty and the exit code is 0: the tests of the chart are then
#   skipped, with a line that says so. A build that breaks is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  where the binary is kept, beside those of kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/limited.sh
. "$(dirname "${BASH_SOURCE[0]}")/limited.sh"

module=$(cd "$(dirname "${BASH_SOURCE[0]}")/helm" && pwd)
cache=${SLUICE_KUBE_TOOLS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_KUBE_TOOLS_CACHE}/.cache}/sluice/kube-tools}

say() { printf '[helm] %s\n' "$*" >&2; }

version=$(awk '$1 == "helm.sh/helm/v3" { print $2; exit }' "$module/go.mod")
kubernetes=$(awk '$1 == "k8s.io/client-go" { print $2; exit }' "$module/go.mod")
minor=${kubernetes#v0.}
# Without these, helm takes itself for one that knows Kubernetes 1.20 and refuses charts that ask for more.
ldflags="-s -w -X helm.sh/helm/v3/internal/version.version=$version
  -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=${minor%%.*}
  -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=${minor%%.*}"

# The pins, the flags and the platform decide what is built, so they name the directory.
key=$({ cat "$module/go.mod" "$module/go.sum"; echo "$ldflags"; uname -sm; } | sha256sum | cut -c1-16)
tool=$cache/helm-$key/helm

found() {
    say "$1: helm $version in $tool"
    echo "$tool"
    exit 0
}

if [ -x "$tool" ]; then
    found 'in the cache'
fi
if ! command -v go >/dev/null; then
    say 'no Go here: going on without helm'
    exit 0
fi
mkdir -p "$cache"
if command -v flock >/dev/null; then
    exec 9>"$cache/helm-$key.lock"
    limited_lock helm 1800
    if [ -x "$tool" ]; then
        found 'in the cache'
    fi
fi

building=$(mktemp -d "$cache/helm-$key.building.XXXXXX")
trap 'rm -rf "$building"' EXIT
# No C compiler is needed, and the paths of this machine stay out of the binary.
export CGO_ENABLED=0
cd "$module"

say "downloading the modules of helm $version"
if ! limited 600 go list -mod=readonly -deps tool >/dev/null 2>"$building/download.log"; then
    say "the Go module proxy does not answer ($(tail -n 1 "$building/download.log")): going on without helm"
    exit 0
fi
say "modules at hand after $SECONDS s; building"
limited_build helm 1500 go build -mod=readonly -trimpath -ldflags "$ldflags" -o "$building/helm" helm.sh/helm/v3/cmd/helm
rm -f "$building/download.log"
chmod 755 "$building"
if ! mv -T "$building" "${tool%/helm}" 2>/dev/null && ! [ -x "$tool" ]; then
    say "cannot move $building to ${tool%/helm}: remove what stands there and run again"
    exit 1
fi
found "built in $SECONDS s"

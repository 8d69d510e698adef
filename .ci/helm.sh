#!/usr/bin/env bash
# Builds helm once from its published Go module, for the tests of the chart.
#
# Usage: helm.sh
#   Progress goes to stderr. The only line on stdout is the path of the binary: pass it to the tests as SLUICE_HELM.
#   Without Go or the module proxy, stdout is empty and the exit code is 0: the tests of the chart are then skipped with a
#   message. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=helm without=helm
module=$(cd "$(dirname "${BASH_SOURCE[0]}")/helm" && pwd)
version=$(awk '$1 == "helm.sh/helm/v3" { print $2; exit }' "$module/go.mod")
kubernetes=$(awk '$1 == "k8s.io/client-go" { print $2; exit }' "$module/go.mod")
minor=${kubernetes#v0.}
# Without these, helm assumes Kubernetes 1.20 and rejects charts that require a newer version.
ldflags="-s -w -X helm.sh/helm/v3/internal/version.version=$version
  -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=${minor%%.*}
  -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=${minor%%.*}"
tools=$({ cat "$module/go.mod" "$module/go.sum"; echo "$ldflags"; } | cached helm-)

have() { [ -x "$tools/helm" ]; }

found() {
    say "$1: helm $version in $tools"
    echo "$tools/helm"
}

take_or_begin 1800
cd "$module"
say "downloading the modules of helm $version"
download 600 go list -mod=readonly -deps tool
say "modules downloaded after $SECONDS s; building"
build 1500 go build -mod=readonly -trimpath -ldflags "$ldflags" -o "$building/helm" helm.sh/helm/v3/cmd/helm
keep

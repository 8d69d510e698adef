#!/usr/bin/env bash
# Builds Flux's source-controller once from its published Go module, and puts it beside the programs that flux.sh built.
#
# Usage: source-controller.sh DIRECTORY
#   DIRECTORY is the result of flux.sh, which calls this script. Progress goes to stderr. The only line on stdout is
#   a directory with links to the files of DIRECTORY and with source-controller. Without Go or the module proxy, or if
#   the build takes longer than CI can wait, stdout is empty and the exit code is 0. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=source-controller without=source-controller
others=${1:?usage: source-controller.sh DIRECTORY}
module=$(cd "$(dirname "${BASH_SOURCE[0]}")/source-controller" && pwd)
version=$(sed -n 's#.*github.com/fluxcd/source-controller \(v[^ ]*\).*#\1#p' "$module/go.mod" | head -n 1)
# Its own entry in the cache, so that a new version does not build the other programs again.
tools=$({ cat "$module/go.mod" "$module/go.sum"; basename "$others"; } | cached flux-sources-)

have() { [ -x "$tools/source-controller" ] && [ -x "$tools/flux" ]; }

found() {
    say "$1: source-controller $version in $tools"
    echo "$tools"
}

take_or_begin 1800
export GOTOOLCHAIN=auto
say "downloading the modules of source-controller $version"
cd "$module"
download 600 go list -mod=readonly -deps tool
say "modules downloaded after $SECONDS s; building"
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' \
    -o "$building/source-controller" github.com/fluxcd/source-controller
ln "$others"/* "$building"
keep

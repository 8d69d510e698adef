#!/usr/bin/env bash
# Builds SPIRE's server and agent once from their published Go module, and puts them beside the program that spiffe.sh built.
#
# Usage: spire.sh DIRECTORY
#   DIRECTORY is the result of spiffe.sh, which calls this script. Progress goes to stderr. The only line on stdout is a
#   directory with links to the files of DIRECTORY and with spire-server and spire-agent. Without Go, a C compiler or the
#   module proxy, or if the build takes longer than CI can wait, stdout is empty and the exit code is 0. A failed build
#   is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=spire without=SPIRE
others=${1:?usage: spire.sh DIRECTORY}
module=$(cd "$(dirname "${BASH_SOURCE[0]}")/spire" && pwd)
version=$(sed -n 's#.*github.com/spiffe/spire \(v[^ ]*\).*#\1#p' "$module/go.mod" | head -n 1)
# Its own entry in the cache, so that a change of the other program does not build SPIRE again.
tools=$(cat "$module/go.mod" "$module/go.sum" | cached spire-)

have() { [ -x "$tools/spire-server" ] && [ -x "$tools/spire-agent" ]; }

found() {
    say "$1: SPIRE $version in $tools"
    # with the program of this version of the tests
    ln -sf "$others/spiffe-peer" "$tools/spiffe-peer"
    echo "$tools"
}

have || command -v gcc >/dev/null || go_on_without 'gcc not found'
take_or_begin 1800
export GOTOOLCHAIN=auto CGO_ENABLED=1 # for SQLite, SPIRE's smallest data store
say "downloading the modules of SPIRE $version"
cd "$module"
download 600 go list -mod=readonly -deps tool
say "modules downloaded after $SECONDS s; building"
for program in spire-server spire-agent; do
    build 1800 go build -mod=readonly -trimpath -ldflags '-s -w' \
        -o "$building/$program" "github.com/spiffe/spire/cmd/$program"
done
keep

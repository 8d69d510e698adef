#!/usr/bin/env bash
# Builds a client and a server on go-spiffe once, as Flux's controllers use it. Then spire.sh adds SPIRE.
#
# Usage: spiffe.sh
#   Progress goes to stderr. The only line on stdout is the directory with the programs: pass it to the tests as
#   SLUICE_SPIFFE. Without SPIRE, only its test is skipped. Without Go or the module proxy, stdout is empty and the exit
#   code is 0: the tests are then skipped with a message. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=spiffe without=go-spiffe
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
module=$here/spiffe
tools=$(cat "$module"/* | cached spiffe-)

have() { [ -x "$tools/spiffe-peer" ]; }

found() {
    say "$1: $tools/spiffe-peer"
    local all
    all=$("$here/spire.sh" "$tools")
    echo "${all:-$tools}"
}

take_or_begin 600
cd "$module"
say 'downloading the modules'
download 300 go list -mod=readonly -deps .
build 600 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$building/spiffe-peer" .
keep

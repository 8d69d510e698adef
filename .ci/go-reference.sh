#!/usr/bin/env bash
# Builds a program from source-watcher's YAML and glob libraries once, with which the tests compare.
#
# Usage: go-reference.sh
#   Progress goes to stderr. The only line on stdout is the path of the binary: pass it to the tests as
#   SLUICE_GO_REFERENCE. Without Go or the module proxy, stdout is empty and the exit code is 0: the tests then compare with
#   recorded results only. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=go-reference without='the libraries of source-watcher'
module=$(cd "$(dirname "${BASH_SOURCE[0]}")/go-reference" && pwd)
tools=$(cat "$module/go.mod" "$module/go.sum" "$module/main.go" | cached go-reference-)

have() { [ -x "$tools/go-reference" ]; }

found() {
    say "$1: $tools/go-reference"
    echo "$tools/go-reference"
}

take_or_begin 600
cd "$module"
say 'downloading the modules'
download 300 go list -mod=readonly -deps .
build 600 go build -mod=readonly -trimpath -o "$building/go-reference" .
keep

#!/usr/bin/env bash
# Builds the YAML and glob libraries of source-watcher into a program that answers the tests, once.
#
# Usage: go-reference.sh
#   Progress goes to stderr. The path of the binary is the only line on stdout: give it to the tests as
#   SLUICE_GO_REFERENCE. Where Go or the module proxy is missing, stdout stays empty and the exit code is 0: what the
#   tests compare with it is then compared with recorded answers only. A build that breaks is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  where the binary is kept, beside those of kube-tools.sh
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

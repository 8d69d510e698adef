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
# shellcheck source=.ci/limited.sh
. "$(dirname "${BASH_SOURCE[0]}")/limited.sh"

module=$(cd "$(dirname "${BASH_SOURCE[0]}")/go-reference" && pwd)
cache=${SLUICE_KUBE_TOOLS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_KUBE_TOOLS_CACHE}/.cache}/sluice/kube-tools}

say() { printf '[go-reference] %s\n' "$*" >&2; }

# The source, the pins and the platform decide what is built, so they name the directory.
key=$({ cat "$module/go.mod" "$module/go.sum" "$module/main.go"; uname -sm; } | sha256sum | cut -c1-16)
tool=$cache/go-reference-$key/go-reference

found() {
    say "$1: $tool"
    echo "$tool"
    exit 0
}

if [ -x "$tool" ]; then
    found 'in the cache'
fi
if ! command -v go >/dev/null; then
    say 'no Go here: going on without the libraries of source-watcher'
    exit 0
fi
mkdir -p "$cache"
if command -v flock >/dev/null; then
    exec 9>"$cache/go-reference-$key.lock"
    limited_lock 'the libraries of source-watcher' 600
    if [ -x "$tool" ]; then
        found 'in the cache'
    fi
fi

building=$(mktemp -d "$cache/go-reference-$key.building.XXXXXX")
trap 'rm -rf "$building"' EXIT
# No C compiler is needed, and the paths of this machine stay out of the binary.
export CGO_ENABLED=0
cd "$module"

say 'downloading the modules'
if ! limited 300 go list -mod=readonly -deps . >/dev/null 2>"$building/download.log"; then
    say "the Go module proxy does not answer ($(tail -n 1 "$building/download.log")): going on without the libraries"
    exit 0
fi
limited_build 'the libraries of source-watcher' 600 go build -mod=readonly -trimpath -o "$building/go-reference" .
rm -f "$building/download.log"
chmod 755 "$building"
if ! mv -T "$building" "${tool%/go-reference}" 2>/dev/null && ! [ -x "$tool" ]; then
    say "cannot move $building to ${tool%/go-reference}: remove what stands there and run again"
    exit 1
fi
found "built in $SECONDS s"

#!/usr/bin/env bash
# Builds Flux's command line and its kustomize-controller from their published Go modules, once, for the test that runs
# both on what Sluice publishes.
#
# Usage: flux.sh
#   Progress goes to stderr. The directory with flux, kustomize-controller and the definition of Kustomization is the
#   only line on stdout: give it to the tests as SLUICE_FLUX. Where Go or the module proxy is missing, stdout stays
#   empty and the exit code is 0: that test is then skipped, with a line that says so. So it is where the build takes
#   longer than a run of CI can wait; one that breaks is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  where the binaries are kept, beside those of kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/limited.sh
. "$(dirname "${BASH_SOURCE[0]}")/limited.sh"

# The release whose kustomize-controller is the one of go.mod, and the sum of its module.
cli=github.com/fluxcd/flux2/v2@v2.9.5
cli_sum=h1:jwCccxvkD+2QnsjN+pl5QqM8KnFUwA8pIoQ1Lf0avkA=

module=$(cd "$(dirname "${BASH_SOURCE[0]}")/flux" && pwd)
cache=${SLUICE_KUBE_TOOLS_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME, XDG_CACHE_HOME or SLUICE_KUBE_TOOLS_CACHE}/.cache}/sluice/kube-tools}

say() { printf '[flux] %s\n' "$*" >&2; }

controller=$(sed -n 's#.*github.com/fluxcd/kustomize-controller \(v[^ ]*\).*#\1#p' "$module/go.mod" | head -n 1)

# The pins and the platform decide what is built, so they name the directory.
key=$({ cat "$module/go.mod" "$module/go.sum"; echo "$cli $cli_sum"; uname -sm; } | sha256sum | cut -c1-16)
tools=$cache/flux-$key

have_tools() { [ -x "$tools/flux" ] && [ -x "$tools/kustomize-controller" ] && [ -f "$tools/kustomizations.yaml" ]; }

found() {
    say "$1: flux ${cli#*@} and kustomize-controller $controller in $tools"
    echo "$tools"
    exit 0
}

if have_tools; then
    found 'in the cache'
fi
if ! command -v go >/dev/null; then
    say 'no Go here: going on without Flux'
    exit 0
fi
mkdir -p "$cache"
if command -v flock >/dev/null; then
    exec 9>"$cache/flux-$key.lock"
    limited_lock Flux 1800
    if have_tools; then
        found 'in the cache'
    fi
fi

building=$(mktemp -d "$cache/flux-$key.building.XXXXXX")
source=$(mktemp -d)
trap 'rm -rf "$building" "$source"' EXIT
# No C compiler is needed, and the paths of this machine stay out of the binaries.
export CGO_ENABLED=0

say "downloading the modules of flux ${cli#*@} and kustomize-controller $controller"
download() {
    cd "$module" && limited 600 go list -mod=readonly -deps tool >/dev/null &&
        cd "$source" && limited 300 go mod download -json "$cli" >cli.json
}
if ! (download) 2>"$building/download.log"; then
    say "the Go module proxy does not answer ($(tail -n 1 "$building/download.log")): going on without Flux"
    exit 0
fi
field() { sed -n "s/^\t\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$source/cli.json"; }
if [ "$(field Sum)" != "$cli_sum" ]; then
    say "$cli has the sum $(field Sum), not $cli_sum"
    exit 1
fi

# The command embeds the manifests that it installs, which its module leaves out. The tests install nothing with it.
cp -r "$(field Dir)" "$source/cli"
chmod -R u+w "$source/cli"
mkdir "$source/cli/cmd/flux/manifests"
echo '# none' >"$source/cli/cmd/flux/manifests/none.yaml"
if ! (cd "$source/cli" && limited 600 go list -mod=readonly -deps ./cmd/flux) >/dev/null 2>"$building/download.log"; then
    say "the modules of $cli cannot be had ($(tail -n 1 "$building/download.log")): going on without Flux"
    exit 0
fi
say "modules at hand after $SECONDS s; building"
# Without a version of its own, flux does not ask the network for a newer one.
cd "$source/cli"
limited_build Flux 1200 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$building/flux" ./cmd/flux
cd "$module"
limited_build Flux 1200 go build -mod=readonly -trimpath -ldflags '-s -w' \
    -o "$building/kustomize-controller" github.com/fluxcd/kustomize-controller
cp "$(go list -mod=readonly -m -f '{{.Dir}}' github.com/fluxcd/kustomize-controller)/config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml" \
    "$building/kustomizations.yaml"

rm -f "$building/download.log"
chmod 755 "$building"
chmod 644 "$building/kustomizations.yaml"
if ! mv -T "$building" "$tools" 2>/dev/null && ! have_tools; then
    say "cannot move $building to $tools: remove what stands there and run again"
    exit 1
fi
found "built in $SECONDS s"

#!/usr/bin/env bash
# Builds Flux's CLI and kustomize-controller once from their published Go modules, for the test that runs both with artifacts
# of Sluice.
#
# Usage: flux.sh
#   Progress goes to stderr. The only line on stdout is the directory with flux, kustomize-controller and the CRD of
#   Kustomization: pass it to the tests as SLUICE_FLUX. Without Go or the module proxy, or if the build takes longer than CI
#   can wait, stdout is empty and the exit code is 0: the test is then skipped with a message. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=flux without=Flux
# The Flux release with the kustomize-controller of go.mod, and the checksum of its module.
cli=github.com/fluxcd/flux2/v2@v2.9.5
cli_sum=h1:jwCccxvkD+2QnsjN+pl5QqM8KnFUwA8pIoQ1Lf0avkA=
module=$(cd "$(dirname "${BASH_SOURCE[0]}")/flux" && pwd)
controller=$(sed -n 's#.*github.com/fluxcd/kustomize-controller \(v[^ ]*\).*#\1#p' "$module/go.mod" | head -n 1)
tools=$({ cat "$module/go.mod" "$module/go.sum"; echo "$cli $cli_sum"; } | cached flux-)

have() { [ -x "$tools/flux" ] && [ -x "$tools/kustomize-controller" ] && [ -f "$tools/kustomizations.yaml" ]; }

found() {
    say "$1: flux ${cli#*@} and kustomize-controller $controller in $tools"
    echo "$tools"
}

# A field of the output of "go mod download -json" for the CLI's module.
field() { sed -n "s/^\t\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" "$source/cli.json"; }

take_or_begin 1800
source=$(mktemp -d)
trap 'rm -rf "$building" "$source"' EXIT
say "downloading the modules of flux ${cli#*@} and kustomize-controller $controller"
cd "$module"
download 600 go list -mod=readonly -deps tool
cd "$source"
download 300 sh -c "go mod download -json '$cli' >cli.json"
if [ "$(field Sum)" != "$cli_sum" ]; then
    say "$cli has checksum $(field Sum), expected $cli_sum"
    exit 1
fi
# The CLI embeds the manifests for "flux install", which its module does not contain. The tests do not install with it.
cp -r "$(field Dir)" "$source/cli"
chmod -R u+w "$source/cli"
mkdir "$source/cli/cmd/flux/manifests"
echo '# none' >"$source/cli/cmd/flux/manifests/none.yaml"
cd "$source/cli"
download 600 go list -mod=readonly -deps ./cmd/flux

say "modules downloaded after $SECONDS s; building"
# Without a version, flux does not check for updates.
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$building/flux" ./cmd/flux
cd "$module"
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' \
    -o "$building/kustomize-controller" github.com/fluxcd/kustomize-controller
definition=config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml
cp "$(go list -mod=readonly -m -f '{{.Dir}}' github.com/fluxcd/kustomize-controller)/$definition" "$building/kustomizations.yaml"
chmod 644 "$building/kustomizations.yaml"
keep

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
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=flux without=Flux
# The release whose kustomize-controller is the one of go.mod, and the sum of its module.
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

# A field of what "go mod download -json" says of the command's module.
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
    say "$cli has the sum $(field Sum), not $cli_sum"
    exit 1
fi
# The command embeds the manifests that it installs, which its module leaves out. The tests install nothing with it.
cp -r "$(field Dir)" "$source/cli"
chmod -R u+w "$source/cli"
mkdir "$source/cli/cmd/flux/manifests"
echo '# none' >"$source/cli/cmd/flux/manifests/none.yaml"
cd "$source/cli"
download 600 go list -mod=readonly -deps ./cmd/flux

say "modules at hand after $SECONDS s; building"
# Without a version of its own, flux does not ask the network for a newer one.
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$building/flux" ./cmd/flux
cd "$module"
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' \
    -o "$building/kustomize-controller" github.com/fluxcd/kustomize-controller
definition=config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml
cp "$(go list -mod=readonly -m -f '{{.Dir}}' github.com/fluxcd/kustomize-controller)/$definition" "$building/kustomizations.yaml"
chmod 644 "$building/kustomizations.yaml"
keep

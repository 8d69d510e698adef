#!/usr/bin/env bash
# Builds Flux's CLI, kustomize-controller and flux-operator once from their published Go modules, for the test that runs them
# with artifacts of Sluice. Then source-controller.sh adds source-controller.
#
# Usage: flux.sh
#   Progress goes to stderr. The only line on stdout is the directory with the programs and their CRDs: pass it to the
#   tests as SLUICE_FLUX. Without source-controller, only its test is skipped. Without Go or the module proxy, or if the
#   build takes longer than CI can wait, stdout is empty and the exit code is 0: the tests are then skipped with a
#   message. A failed build is an error.
#
# SLUICE_KUBE_TOOLS_CACHE  the cache directory, shared with kube-tools.sh
set -euo pipefail
# shellcheck source=.ci/tool.sh
. "$(dirname "${BASH_SOURCE[0]}")/tool.sh"

tool=flux without=Flux
# The newest CLI whose modules the module proxy has, as the kustomize-controller in go.mod is, and the checksum of its module.
cli=github.com/fluxcd/flux2/v2@v2.9.5
cli_sum=h1:jwCccxvkD+2QnsjN+pl5QqM8KnFUwA8pIoQ1Lf0avkA=
# flux-operator, and one of its libraries in the newest version before the required one that the module proxy has.
operator=github.com/controlplaneio-fluxcd/flux-operator@v0.59.0
operator_sum=h1:jByuiWYtjSJxucGHuz68tV0DeVFz5CYrKQYfxAwE7lE=
library=github.com/google/go-containerregistry/pkg/authn/kubernetes
library_version=v0.0.0-20260224031529-85f2bf5f7303
library_sum=h1:Rl7olh7+KpBC2Jjel+tMM6+UAnOZM4qweSIF0hhH4BQ=
library_mod_sum=h1:tHI2pZM69kTLaqiCqf0UETRmNw5p5jpMGq0We2j1V2E=
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
module=$here/flux
controller=$(sed -n 's#.*github.com/fluxcd/kustomize-controller \(v[^ ]*\).*#\1#p' "$module/go.mod" | head -n 1)
tools=$({ cat "$module/go.mod" "$module/go.sum"; echo "$cli $cli_sum $operator $operator_sum $library_version $library_sum"; } | cached flux-)

have() {
    [ -x "$tools/flux" ] && [ -x "$tools/kustomize-controller" ] && [ -f "$tools/kustomizations.yaml" ] &&
        [ -x "$tools/flux-operator" ] && [ -f "$tools/flux-operator.yaml" ]
}

found() {
    say "$1: flux ${cli#*@}, kustomize-controller $controller and flux-operator ${operator#*@} in $tools"
    local all
    all=$("$here/source-controller.sh" "$tools")
    echo "${all:-$tools}"
}

# copy MODULE SUM DIRECTORY  downloads a module and copies its files, to add what its programs embed and its module lacks.
copy() {
    download 300 sh -c "go mod download -json '$1' >module.json"
    if [ "$(field Sum)" != "$2" ]; then
        say "$1 has checksum $(field Sum), expected $2"
        exit 1
    fi
    cp -r "$(field Dir)" "$3"
    chmod -R u+w "$3"
}

# A field of the output of "go mod download -json".
field() { sed -n "s/^\t\"$1\": \"\(.*\)\",\{0,1\}$/\1/p" module.json; }

take_or_begin 1800
source=$(mktemp -d)
trap 'rm -rf "$building" "$source"' EXIT
export GOTOOLCHAIN=auto # flux-operator needs a newer Go than the others
say "downloading the modules of flux ${cli#*@}, kustomize-controller $controller and flux-operator ${operator#*@}"
cd "$module"
download 600 go list -mod=readonly -deps tool
cd "$source"
copy "$cli" "$cli_sum" "$source/cli"
# The manifests for "flux install", which the tests do not use.
mkdir "$source/cli/cmd/flux/manifests"
echo '# none' >"$source/cli/cmd/flux/manifests/none.yaml"
copy "$operator" "$operator_sum" "$source/operator"
# The web interface, which the tests do not use.
mkdir "$source/operator/web/dist"
echo none >"$source/operator/web/dist/index.html"
printf '%s %s %s\n' "$library" "$library_version" "$library_sum" "$library" "$library_version/go.mod" "$library_mod_sum" \
    >>"$source/operator/go.sum"
cd "$source/operator"
go mod edit "-replace=$library=$library@$library_version"
download 600 go list -mod=readonly -deps ./cmd/operator
cd "$source/cli"
download 600 go list -mod=readonly -deps ./cmd/flux

say "modules downloaded after $SECONDS s; building"
# Without a version, flux does not check for updates.
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$building/flux" ./cmd/flux
cd "$source/operator"
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' -o "$building/flux-operator" ./cmd/operator
for definition in config/crd/bases/*.yaml; do
    echo ---
    cat "$definition"
done >"$building/flux-operator.yaml"
cd "$module"
build 1200 go build -mod=readonly -trimpath -ldflags '-s -w' \
    -o "$building/kustomize-controller" github.com/fluxcd/kustomize-controller
definition=config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml
cp "$(go list -mod=readonly -m -f '{{.Dir}}' github.com/fluxcd/kustomize-controller)/$definition" "$building/kustomizations.yaml"
chmod 644 "$building/kustomizations.yaml"
keep

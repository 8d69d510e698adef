# What a cluster with Flux has besides the node: name resolution, storage, and Flux's controllers.

# apply_filled MANIFEST [EXPRESSION...]  applies a manifest after further replacements by sed.
apply_filled() {
    local manifest=$1 expressions=() expression
    shift
    for expression; do expressions+=(-e "$expression"); done
    fill "manifests/$manifest" "$state/run/manifest.yaml"
    [ $# = 0 ] || sed -i "${expressions[@]}" "$state/run/manifest.yaml"
    kube apply --server-side -f "$state/run/manifest.yaml" >/dev/null
}

# volume NAME MODE [NODES]  a volume of this access mode, by default on the first node.
volume() {
    mkdir -p "$state/volumes/$1"
    apply_filled volume.yaml "s/@NAME@/$1/g" "s/@MODE@/$2/" "s/@NODES@/${3:-node-1}/"
}

# claim NAME VOLUME MODE
claim() { apply_filled claim.yaml "s/@NAME@/$1/g" "s/@VOLUME@/$2/" "s/@MODE@/$3/"; }

# controller NAME ARGUMENT
controller() { apply_filled controller.yaml "s/@NAME@/$1/g" "s#@ARGUMENT@#$2#"; }

start_addons() {
    apply_filled base.yaml
    volume volume-1 ReadWriteOnce
    kube apply --server-side -f "$SLUICE_SOURCE_DEFINITIONS/" -f "$SLUICE_FLUX/kustomizations.yaml" -f "$SLUICE_HELM_CONTROLLER/" >/dev/null
    controller source-controller --storage-adv-addr=source-controller.flux-system.svc.cluster.local.
    controller kustomize-controller --feature-gates=ExternalArtifact=true
    controller helm-controller --feature-gates=ExternalArtifact=true
    rolled_out 60 kube-system deployment/coredns
    rolled_out 60 flux-system deployment/{source,kustomize,helm}-controller
    say "name resolution and Flux's controllers are ready"
}

# Steps of the trial: further releases of the chart.

# A second release reconciles the generators with a label, on the volume of the first one.
shard() {
    release upgrade sluice "$home/charts/sluice" --set-string 'watchLabelSelector=!sharding.fluxcd.io/key' >/dev/null
    release install sluice-shard1 "$home/charts/sluice" --set watchLabelSelector=sharding.fluxcd.io/key=shard1 --set crds.install=false \
        --set serviceAccount.create=false --set artifactServer.enabled=false --set persistence.existingClaim=sluice-artifacts >/dev/null
    rolled_out 150 flux-system deployment/sluice-shard1-reconciler
    services_ready
    kube -n apps label artifactgenerator/apps sharding.fluxcd.io/key=shard1 >/dev/null
    push
    pushed_is_applied 60
    kube -n apps label artifactgenerator/apps sharding.fluxcd.io/key- >/dev/null
    push
    pushed_is_applied 60
    release uninstall sluice-shard1 >/dev/null
    release upgrade sluice "$home/charts/sluice" >/dev/null
    services_ready
}

# helm-controller installs the chart, runs its test, and reverts a change by hand.
managed_by_flux() {
    local started=$EPOCHREALTIME
    uninstall
    apply_filled sluice.yaml
    in_node timeout 190 kubectl -n flux-system wait --for=condition=Ready helmrelease/sluice --timeout=180s >/dev/null
    has_condition TestSuccess || fail 'the HelmRelease is ready without a test'
    figures="ready after $(since "$started") ms"
    push
    pushed_is_applied 90
    kube -n flux-system patch deployment sluice-artifact-server --type=json \
        -p '[{"op": "replace", "path": "/spec/template/spec/containers/0/resources/limits/memory", "value": "512Mi"}]' >/dev/null
    started=$EPOCHREALTIME
    reconcile_now flux-system helmrelease/sluice
    wait_until 60 'drift is reverted' limit_is 384Mi
    figures="$figures; drift reverted after $(since "$started") ms"
    services_ready
    kube -n flux-system delete --wait=false helmrelease/sluice gitrepository/platform >/dev/null
    gone
}

has_condition() { [ "$(kube -n flux-system get helmrelease sluice -o "jsonpath={.status.conditions[?(@.type==\"$1\")].status}")" = True ]; }

limit_is() {
    [ "$(kube -n flux-system get deployment sluice-artifact-server -o 'jsonpath={.spec.template.spec.containers[0].resources.limits.memory}')" = "$1" ]
}

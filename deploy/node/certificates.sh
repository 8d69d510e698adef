# Steps of the trial: TLS with certificates from Secrets.

# issue_certificate  of an authority of the trial; its Secret is replaced.
issue_certificate() {
    mkdir -p "$state/tls"
    (
        cd "$state/tls"
        [ -f ca.crt ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=artifact-authority -keyout ca.key -out ca.crt
        certificate server /CN=artifacts DNS:source-watcher.flux-system.svc.cluster.local
    ) >>"$logs/openssl.log" 2>&1
    replace_secret artifact-authority generic "--from-file=ca.crt=$state/tls/ca.crt"
    replace_secret artifact-certificate tls "--cert=$state/tls/server.crt" "--key=$state/tls/server.key"
}

# replace_secret NAME TYPE ARGUMENT...
replace_secret() {
    kube -n flux-system create secret "$2" "$1" "${@:3}" --dry-run=client -o yaml >"$state/run/secret.yaml"
    kube apply --server-side -f "$state/run/secret.yaml" >/dev/null
}

# trust_authority CONTROLLER...  as docs/deploy.md says for programs in Go.
trust_authority() {
    local controller
    for controller; do
        kube -n flux-system patch deployment "$controller" -p '{"spec": {"template": {"spec": {
            "containers": [{"name": "manager", "env": [{"name": "SSL_CERT_DIR", "value": "/authorities"}],
                "volumeMounts": [{"name": "authorities", "mountPath": "/authorities", "readOnly": true}]}],
            "volumes": [{"name": "authorities", "secret": {"secretName": "artifact-authority"}}]}}}}' >/dev/null
    done
    rolled_out 90 flux-system "${@/#/deployment/}"
}

has_scheme() { [[ $(artifact_url) == "$1"://* ]]; }

# uses_certificate ADDRESS  whether a server presents the certificate that was issued last.
uses_certificate() {
    [ "$(in_node timeout 10 openssl s_client -connect "$1:9090" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256)" \
        = "$(openssl x509 -noout -fingerprint -sha256 -in "$state/tls/server.crt")" ]
}

applied_over() {
    wait_until 120 "artifacts have $1 addresses" has_scheme "$1"
    push
    pushed_is_applied 120 shop mail
    helm_test
}

# The documented order: clients trust the authority, then the servers serve TLS and plain HTTP. A renewed certificate is used
# without a restart, within the kubelet's minute. Then back to plain HTTP.
certificates() {
    local server renewed
    issue_certificate
    trust_authority kustomize-controller helm-controller
    release upgrade sluice "$home/charts/sluice" --set tls.serverSecret=artifact-certificate --set tls.caSecret=artifact-authority \
        --set artifactServer.alsoPlain=true >/dev/null
    services_ready
    applied_over https
    server=$(some_pod artifact-server)
    uses_certificate "$(pod_address artifact-server)" || fail 'a server presents another certificate'
    issue_certificate
    renewed=$EPOCHREALTIME
    wait_until 180 'the renewed certificate is used' uses_certificate "$(pod_address artifact-server)"
    figures="a renewed certificate is used after $(since "$renewed") ms"
    [ "$(kube -n flux-system get pod "$server" -o 'jsonpath={.status.containerStatuses[*].restartCount}' | tr -d '0 ')" = '' ] \
        || fail "$server was restarted"
    applied_over https
    release upgrade sluice "$home/charts/sluice" >/dev/null
    services_ready
    applied_over http
}

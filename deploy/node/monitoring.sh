# Steps of the trial: programs that read what the chart creates for them.

# A HorizontalPodAutoscaler with real metrics: load adds servers, and a higher target removes them, under downloads.
autoscaling() {
    local started chart=$home/charts/sluice
    one_tool SLUICE_METRICS_SERVER metrics-server cluster-tools.sh metrics-server
    start_metrics_server
    release upgrade sluice "$chart" --set artifactServer.autoscaling.enabled=true --set artifactServer.autoscaling.maxReplicas=4 >/dev/null
    started=$EPOCHREALTIME
    wait_until 180 'the metrics server reports the pods' reports_usage
    wait_until 240 'the autoscaler adds servers' pods_are 4 artifact-server
    services_ready
    figures="four servers after $(since "$started") ms, $(kube -n flux-system get hpa sluice-artifact-server -o 'jsonpath={.status.currentMetrics[0].resource.current.averageUtilization}') % of the request"
    release upgrade sluice "$chart" --set artifactServer.autoscaling.enabled=true --set artifactServer.autoscaling.maxReplicas=4 \
        --set artifactServer.autoscaling.targetCPUUtilizationPercentage=10000 >/dev/null
    started=$EPOCHREALTIME
    wait_until 240 'the autoscaler removes servers' pods_are 2 artifact-server
    figures="$figures; two again $(since "$started") ms after a higher target"
    release upgrade sluice "$chart" >/dev/null
    services_ready
}

start_metrics_server() {
    local config=$KUBECONFIG
    ! alive metrics-server || return 0
    start metrics-server "$SLUICE_METRICS_SERVER/metrics-server" "--kubeconfig=$config" "--authentication-kubeconfig=$config" \
        "--authorization-kubeconfig=$config" --secure-port=4443 "--cert-dir=$state/pki/metrics-server" --metric-resolution=10s --kubelet-request-timeout=5s \
        --kubelet-preferred-address-types=InternalIP "--kubelet-certificate-authority=$state/pki/ca.crt"
    apply_filled metrics-server.yaml
}

# The command of docs/deploy.md.
reports_usage() { [ "$(kube -n flux-system top pods -l app.kubernetes.io/instance=sluice --containers --no-headers | wc -l)" -ge 4 ]; }

# The Prometheus operator reads the chart's monitors and rules, and its Prometheus evaluates the rules. It scrapes nothing: Debian's
# build cannot discover pods.
monitoring() {
    local options=(--set prometheus.podMonitor.create=true --set prometheus.serviceMonitor.create=true --set prometheus.rules.create=true
        --set prometheus.dashboards.create=true --set prometheus.kubeStateMetrics.create=true)
    one_tool SLUICE_PROMETHEUS_OPERATOR 'the Prometheus operator' cluster-tools.sh prometheus-operator
    one_tool SLUICE_PROMETHEUS Prometheus prometheus.sh
    PATH=$SLUICE_PROMETHEUS_OPERATOR:$SLUICE_PROMETHEUS:$PATH
    import_monitoring_image
    kube apply --server-side -f "$SLUICE_PROMETHEUS_OPERATOR/" >/dev/null
    apply_filled prometheus.yaml "s/@VERSION@/v$(prometheus --version 2>&1 | awk 'NR == 1 { sub(/\+.*/, "", $3); print $3 }')/"
    start prometheus-operator operator "--apiserver=https://$server_address:6443" "--ca-file=$state/pki/ca.crt" \
        "--cert-file=$state/pki/admin.crt" "--key-file=$state/pki/admin.key" --web.listen-address=127.0.0.1:8085 \
        --prometheus-config-reloader=localhost/monitoring:trial
    release upgrade sluice "$home/charts/sluice" "${options[@]}" >/dev/null
    services_ready
    wait_until 180 'Prometheus runs' prometheus_runs
    wait_until 120 'the operator has accepted the rules' has_rules
    wait_until 120 'the operator has made scrape jobs of both monitors' has_jobs
    figures="scrape jobs of both monitors, $(alerts | jq length) rules without an error"
    release upgrade sluice "$home/charts/sluice" >/dev/null
    services_ready
}

import_monitoring_image() {
    local archive
    archive=$images/monitoring-$(realpath "$(command -v prometheus)" "$(command -v operator)" | sha256sum | cut -c1-16)
    build_missing monitoring "$archive"
    in_node ctr -n k8s.io images import "$archive/monitoring.tar" >/dev/null
}

build_monitoring() { build_programs monitoring prometheus prometheus-config-reloader; }

prometheus_runs() { kube -n monitoring wait --for=condition=Ready pod/prometheus-trial-0 --timeout=1s; }

# asked PATH  of Prometheus' API.
asked() { in_node curl -fsS -m 10 "http://$(kube -n monitoring get pod prometheus-trial-0 -o 'jsonpath={.status.podIP}'):9090/api/v1/$1"; }

alerts() { asked rules | jq '[.data.groups[].rules[] | select(.health == "ok")]'; }

# As many healthy rules as the chart has.
has_rules() { [ "$(alerts | jq length)" = "$(grep -c 'alert: ' "$home/charts/sluice/files/alerts.yaml")" ]; }

# A scrape job for each monitor of the chart, in the configuration that the operator writes.
has_jobs() {
    [ "$(kube -n monitoring get secret prometheus-trial -o 'jsonpath={.data.prometheus\.yaml\.gz}' | base64 -d | gunzip \
        | grep -cE 'job_name: (pod|service)Monitor/flux-system/sluice/0')" = 2 ]
}

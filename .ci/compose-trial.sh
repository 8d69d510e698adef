#!/usr/bin/env bash
# Starts docker-compose.yml from nothing, downloads an artifact, and removes everything. Exit code 3: Docker or its compose plugin
# does not run, and one line says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '[compose-trial] %s\n' "$*" >&2; }

if ! timeout 20 docker info >/dev/null 2>&1 || ! docker compose version >/dev/null 2>&1; then
    say 'not tried: Docker, or its compose plugin, does not run here'
    exit 3
fi

kubectl() { timeout 330 docker compose exec -T k3s kubectl "$@"; }

clean_up() {
    local code=$?
    [ "$code" = 0 ] || docker compose logs --tail=50 >&2 || true
    docker compose down --volumes >/dev/null 2>&1 || true
}
trap clean_up EXIT

timeout --kill-after=30 1800 docker compose up --build --wait
kubectl wait --for=condition=Ready artifactgenerators/podinfo --timeout=300s
url=$(kubectl get externalartifacts/podinfo-manifests -o 'jsonpath={.status.artifact.url}')
curl -fsS --max-time 30 "$url" | tar -tz | grep -x deployment.yaml
say "downloaded $url"

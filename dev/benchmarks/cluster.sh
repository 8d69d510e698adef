# Functions of the benchmarks that run on a real kube-apiserver, each process in a cgroup of its own. To be sourced: the caller
# sets home, assets, cpus, work and started, and traps EXIT with finish.
# shellcheck shell=bash disable=SC2154

finish() {
    [ ${#started[@]} = 0 ] || kill -9 "${started[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    remove_cgroups
    rm -rf "$work"
}

# A cgroup is used once: the page cache that a process has read stays charged to it.
remove_cgroups() {
    local group
    for group in /sys/fs/cgroup/memory /sys/fs/cgroup/cpu /sys/fs/cgroup/cpuacct /sys/fs/cgroup; do
        rmdir "$group/sluice-benchmark-$$" 2>/dev/null || true
    done
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

get() { # PORT PATH: the response, or nothing
    (exec 5<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&5 && cat <&5) 2>/dev/null || true
}

# Sets etcd_pid, api_pid and api_port.
start_api() {
    local etcd api
    etcd=$(free_port) api=$(free_port)
    api_port=$api
    openssl genrsa -out "$work/sa.key" 2048 2>/dev/null
    echo 'benchmark-admin,admin,admin,"system:masters"' >"$work/tokens.csv"
    "$assets/etcd" --data-dir="$work/etcd" --listen-client-urls="http://127.0.0.1:$etcd" --unsafe-no-fsync \
        --advertise-client-urls="http://127.0.0.1:$etcd" --listen-peer-urls=http://127.0.0.1:0 --log-level=warn \
        >"$work/etcd.log" 2>&1 &
    etcd_pid=$!
    started+=("$etcd_pid")
    "$assets/kube-apiserver" --etcd-servers="http://127.0.0.1:$etcd" --bind-address=127.0.0.1 \
        --advertise-address=127.0.0.1 --secure-port="$api" --cert-dir="$work/certificates" \
        --token-auth-file="$work/tokens.csv" --authorization-mode=RBAC --service-cluster-ip-range=10.0.0.0/24 \
        --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$work/sa.key" \
        --service-account-signing-key-file="$work/sa.key" --disable-admission-plugins=ServiceAccount \
        >"$work/api.log" 2>&1 &
    api_pid=$!
    started+=("$api_pid")
    for _ in $(seq 600); do
        if [ -s "$work/certificates/apiserver.crt" ]; then
            cat >"$work/kubeconfig" <<CONFIG
apiVersion: v1
kind: Config
current-context: benchmark
clusters: [{name: benchmark, cluster: {server: "https://127.0.0.1:$api", certificate-authority-data: $(base64 -w0 "$work/certificates/apiserver.crt")}}]
users: [{name: admin, user: {token: benchmark-admin}}]
contexts: [{name: benchmark, context: {cluster: benchmark, user: admin}}]
CONFIG
            if kubectl get --raw /readyz >/dev/null 2>&1 && kubectl get namespace default >/dev/null 2>&1; then break; fi
        fi
        sleep 0.2
    done
    chmod 644 "$work/kubeconfig"
    kubectl apply --server-side -f "$home/shared-model/toolkit-api/src/main/resources/dev/sluice/toolkit/crd" >/dev/null
    kubectl wait --for=condition=Established --timeout=60s --all crd >/dev/null
}

kubectl() { "$assets/kubectl" --kubeconfig="$work/kubeconfig" "$@"; }

# A source of ten files, at source_port, for generators of ten artifacts.
offer_source() {
    local digest file revision
    mkdir -p "$work/source" "$work/offered"
    for file in $(seq 0 9); do
        printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c%s}\n' "$file" >"$work/source/$file.yaml"
    done
    tar -czf "$work/offered/source.tar.gz" -C "$work/source" .
    source_port=$(free_port)
    if command -v go >/dev/null; then # net/http, as source-controller
        (cd "$home/dev/benchmarks/go-file-server" && go build -o "$work/go-file-server" .)
        "$work/go-file-server" "127.0.0.1:$source_port" "$work/offered" >/dev/null 2>&1 &
    else
        python3 -m http.server --bind 127.0.0.1 --directory "$work/offered" "$source_port" >/dev/null 2>&1 &
    fi
    started+=($!)
    digest=sha256:$(sha256sum "$work/offered/source.tar.gz" | cut -d' ' -f1)
    revision=main@sha1:0000000000000000000000000000000000000001
    kubectl apply -f - >/dev/null <<SOURCE
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: app, namespace: default}
spec: {interval: 1h, url: "https://example.com/app"}
SOURCE
    kubectl patch gitrepository app --subresource=status --type=merge -p "{\"status\":{\"artifact\":{
        \"url\":\"http://127.0.0.1:$source_port/source.tar.gz\",\"path\":\"source.tar.gz\",\"revision\":\"$revision\",
        \"digest\":\"$digest\",\"lastUpdateTime\":\"2026-01-01T00:00:00Z\"},\"conditions\":[{\"type\":\"Ready\",
        \"status\":\"True\",\"reason\":\"Succeeded\",\"message\":\"stored\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}" >/dev/null
}

create_generators() { # COUNT [ANNOTATION: VALUE]
    python3 - "$@" >"$work/generators.yaml" <<'GENERATE'
import sys
annotation = sys.argv[2] if len(sys.argv) > 2 else ""
for g in range(int(sys.argv[1])):
    print(f"""---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: {{name: g{g}, namespace: default, annotations: {{{annotation}}}}}
spec:
  sources: [{{alias: app, kind: GitRepository, name: app}}]
  artifacts:""")
    for a in range(10):
        print(f"""  - name: g{g}-a{a}
    copy: [{{from: "@app/{a}.yaml", to: "@artifact/"}}]""")
GENERATE
    kubectl create -f "$work/generators.yaml" >/dev/null
}

published() {
    kubectl get externalartifacts -o jsonpath='{range .items[*]}{.status.artifact.digest}{"\n"}{end}' | grep -c . || true
}

evict() { # FILES BELOW: out of the page cache, so that the cgroup below is charged for what it uses
    find "$1" -type f -exec dd of={} oflag=nocache conv=notrunc,fdatasync count=0 status=none \;
}

# Enters a cgroup, then becomes the command.
in_cgroup() { # LIMIT COMMAND...
    local limit=$1 group name=sluice-benchmark-$$
    shift
    if [ -w /sys/fs/cgroup/memory/memory.limit_in_bytes ] || mkdir "/sys/fs/cgroup/memory/$name" 2>/dev/null; then
        for group in memory cpu cpuacct; do
            mkdir -p "/sys/fs/cgroup/$group/$name"
        done
        echo "$limit" >"/sys/fs/cgroup/memory/$name/memory.limit_in_bytes"
        echo 100000 >"/sys/fs/cgroup/cpu/$name/cpu.cfs_period_us"
        echo $((cpus * 100000)) >"/sys/fs/cgroup/cpu/$name/cpu.cfs_quota_us"
        for group in memory cpu cpuacct; do
            echo "$BASHPID" >"/sys/fs/cgroup/$group/$name/cgroup.procs"
        done
    elif mkdir -p "/sys/fs/cgroup/$name" 2>/dev/null && [ -e "/sys/fs/cgroup/$name/memory.max" ]; then
        echo "$limit" >"/sys/fs/cgroup/$name/memory.max"
        echo "$((cpus * 100000)) 100000" >"/sys/fs/cgroup/$name/cpu.max"
        echo "$BASHPID" >"/sys/fs/cgroup/$name/cgroup.procs"
    fi
    exec "$@"
}

cgroup_stat() { # FIELD OF memory.stat
    awk -v field="$1" '$1 == field { print $2 }' "$2/memory.stat"
}

working_set() { # in MiB, like the kubelet: without the inactive part of the page cache
    local first=/sys/fs/cgroup/memory/sluice-benchmark-$$ second=/sys/fs/cgroup/sluice-benchmark-$$
    if [ -d "$first" ]; then
        echo $((($(cat "$first/memory.usage_in_bytes") - $(cgroup_stat total_inactive_file "$first")) >> 20))
    elif [ -e "$second/memory.current" ]; then
        echo $((($(cat "$second/memory.current") - $(cgroup_stat inactive_file "$second")) >> 20))
    else
        echo -
    fi
}

cpu_seconds() { # PID
    local fields
    fields=$(sed 's/.*) //' "/proc/$1/stat")
    # shellcheck disable=SC2086
    set -- $fields
    awk -v ticks=$((${12} + ${13})) -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f", ticks / hz }'
}

smaps() { # PID FIELD: in MiB
    awk -v field="$2:" '$1 == field { print int($2 / 1024) }' "/proc/$1/smaps_rollup"
}

metric() { # PORT NAME: the sum of its series
    get "$1" /metrics | awk -v name="$2" 'index($1, name "{") == 1 || $1 == name { sum += $NF } END { printf "%d", sum }'
}

await() { # PORT PATH PID: the status 200
    for _ in $(seq 12000); do
        case $(get "$1" "$2" | head -1) in *' 200'*) return ;; esac
        kill -0 "$3" 2>/dev/null || break
        sleep 0.01
    done
    tail -20 "$work/log" >&2
    echo 'the service is not ready' >&2
    exit 1
}

threads_cpu() { # FILE PREFIX, PID: CPU time by thread name
    [ -n "${DETAILS:-}" ] || return 0
    mkdir -p "$DETAILS"
    for task in /proc/"$2"/task/*; do
        sed 's/^[0-9]* (\(.*\)) /\1|/' "$task/stat" 2>/dev/null
    done | awk -F'|' -v hz="$(getconf CLK_TCK)" '{ split($2, f, " "); sub(/-?[0-9]+$/, "", $1); cpu[$1] += (f[12] + f[13]) / hz; n[$1]++ }
        END { for (name in cpu) printf "%6.2f s  %s (%d)\n", cpu[name], name, n[name] }' | sort -rn >"$DETAILS/$1.cpu"
}

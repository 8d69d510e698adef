# The node: a process namespace with a network and mounts of its own, and the programs in it. Ending its first process ends
# all others and removes their network and mounts.

# select_node NUMBER  the node that the functions below mean. The first one has the control plane.
select_node() {
    node=node-$1 node_address=10.200.0.$1 pods=10.244.$(($1 - 1)).0/24 place=$state cgroup=/sluice-cluster
    [ "$1" = 1 ] || place=$state/$node cgroup=/sluice-cluster/$node
    ! [ -f "$place/node" ] || read -r node_pid _ <"$place/node"
}
select_node 1

# The node's first process, as this machine numbers it, and its process namespace: a number can be used again.
node_runs() {
    [ -f "$place/node" ] || return 1
    read -r node_pid node_namespace <"$place/node"
    [ "$(readlink "/proc/$node_pid/ns/pid" 2>/dev/null)" = "$node_namespace" ]
}

# in_node COMMAND...
in_node() { nsenter --target "$node_pid" --net --mount --pid -- "$@"; }

# start NAME COMMAND...  starts a program with logs/NAME.NODE.log. It must not hold a lock of the caller.
start() {
    local name=$1
    shift
    in_node sh -c 'log=$1; shift; setsid "$@" >>"$log" 2>&1 </dev/null & echo $!' - "$logs/$name.$node.log" "$@" \
        >"$place/run/$name" 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
}

alive() { in_node kill -0 "$(cat "$place/run/$1")" 2>/dev/null; }

# kill_program NAME [SIGNAL]
kill_program() { in_node kill "-${2:-KILL}" "$(cat "$place/run/$1")"; }

begin_state() {
    rm -rf "$state"
    mkdir -p "$state"/{bin,run,logs,pki,config/cni,volumes,sources,volume-plugins}
}

# fill FILE TARGET  copies a file of config/ or manifests/ with the paths of this node.
fill() {
    sed -e "s#@STATE@#$state#g" -e "s#@PLACE@#$place#g" -e "s#@NODE@#$node#g" -e "s#@CGROUP@#$cgroup#g" -e "s#@PODS@#$pods#g" \
        -e "s#@SERVER@#$server_address#g" -e "s#@NODE_ADDRESS@#$node_address#g" -e "s#@DNS_ADDRESS@#$dns_address#g" \
        -e "s#@CNI_PLUGINS@#$cni_plugins#g" "$home/deploy/node/$1" >"$2"
}

create_namespaces() {
    local parent
    setsid unshare --net --mount --pid --fork --kill-child=KILL --mount-proc --propagation slave \
        "$SLUICE_NODE_PROGRAMS/pause" >"$logs/$node.log" 2>&1 </dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    parent=$!
    wait_until 10 'the first process of the node' first_child "$parent"
    node_pid=$(first_child "$parent")
    echo "$node_pid $(readlink "/proc/$node_pid/ns/pid")" >"$place/node"
    in_node mount --make-rshared /
    in_node mount -t tmpfs -o mode=755 tmpfs /run
}

# The child of unshare once it has become the node's first process.
first_child() {
    local child
    child=$(pgrep -P "$1") && [ "$(readlink "/proc/$child/exe")" = "$(realpath "$SLUICE_NODE_PROGRAMS/pause")" ] && echo "$child"
}

create_network() {
    in_node ip link set lo up
    in_node ip link add node0 type bridge
    in_node ip addr add "$node_address/24" dev node0
    in_node ip link set node0 up
    # leads nowhere; programs expect a default route
    in_node ip route add default via 10.200.0.254 dev node0
    in_node sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables'
}

# Kernels differ in which of the two they support.
choose_iptables() {
    local variant multi name
    for variant in legacy nft; do
        multi=$(PATH=$PATH:/usr/sbin command -v "xtables-$variant-multi") || continue
        for name in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
            ln -sf "$multi" "$state/bin/$name"
        done
        if in_node iptables -t nat -L -n >/dev/null 2>&1; then return; fi
    done
    fail 'iptables works neither in its legacy variant nor with nftables'
}

# certificate NAME SUBJECT [NAMES]
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out "$1.crt" \
        -extfile <(echo 'extendedKeyUsage=clientAuth,serverAuth' && echo "${3:+subjectAltName=$3}")
}

# kubeconfig NAME  uses the certificate of this name.
kubeconfig() {
    cat >"$state/config/$1.kubeconfig" <<END
apiVersion: v1
kind: Config
clusters:
  - {name: node, cluster: {server: "https://$server_address:6443", certificate-authority: $state/pki/ca.crt}}
users:
  - {name: user, user: {client-certificate: $state/pki/$1.crt, client-key: $state/pki/$1.key}}
contexts:
  - {name: node, context: {cluster: node, user: user}}
current-context: node
END
}

# Of the kubelet.
node_certificate() {
    cd "$state/pki"
    certificate "$node" "/O=system:nodes/CN=system:node:$node" "DNS:$node,IP:$node_address"
    cd "$home"
    kubeconfig "$node"
}

create_certificates() {
    local name domain=kubernetes.default.svc
    cd "$state/pki"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=node-ca -keyout ca.key -out ca.crt
    openssl genrsa -out accounts.key 2048
    openssl rsa -in accounts.key -pubout -out accounts.pub
    certificate apiserver /CN=kube-apiserver \
        "DNS:kubernetes,DNS:kubernetes.default,DNS:$domain,DNS:$domain.cluster.local,IP:127.0.0.1,IP:$node_address,IP:10.96.0.1"
    certificate apiserver-kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client
    certificate admin /O=system:masters/CN=admin
    certificate aggregator /CN=aggregator
    certificate kube-controller-manager /CN=system:kube-controller-manager
    certificate kube-scheduler /CN=system:kube-scheduler
    certificate kube-proxy /CN=system:kube-proxy
    cd "$home"
    for name in admin kube-controller-manager kube-scheduler kube-proxy; do kubeconfig "$name"; done
    node_certificate
}

start_apiserver() {
    start kube-apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 "--advertise-address=$node_address" \
        --service-cluster-ip-range=10.96.0.0/16 --allow-privileged --authorization-mode=Node,RBAC \
        --enable-admission-plugins=NodeRestriction --shutdown-delay-duration=0s \
        "--client-ca-file=$state/pki/ca.crt" "--tls-cert-file=$state/pki/apiserver.crt" "--tls-private-key-file=$state/pki/apiserver.key" \
        "--kubelet-client-certificate=$state/pki/apiserver-kubelet-client.crt" \
        "--kubelet-client-key=$state/pki/apiserver-kubelet-client.key" \
        "--kubelet-certificate-authority=$state/pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
        "--service-account-key-file=$state/pki/accounts.pub" "--service-account-signing-key-file=$state/pki/accounts.key" \
        --service-account-issuer=https://kubernetes.default.svc.cluster.local \
        "--requestheader-client-ca-file=$state/pki/ca.crt" --requestheader-allowed-names=aggregator \
        --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
        --requestheader-extra-headers-prefix=X-Remote-Extra- \
        "--proxy-client-cert-file=$state/pki/aggregator.crt" "--proxy-client-key-file=$state/pki/aggregator.key" \
        "--audit-policy-file=$home/deploy/node/config/audit.yaml" "--audit-log-path=$logs/audit.log"
    wait_until 60 'the API server is ready' kube get --raw /readyz
}

start_etcd() {
    start etcd etcd "--data-dir=$state/etcd" --listen-client-urls=http://127.0.0.1:2379 \
        --advertise-client-urls=http://127.0.0.1:2379 --listen-peer-urls=http://127.0.0.1:2380 --unsafe-no-fsync --log-level=warn
}

# start_controller NAME ARGUMENTS...
start_controller() {
    local config=$state/config/$1.kubeconfig
    start "$1" "$1" "--kubeconfig=$config" "--authentication-kubeconfig=$config" "--authorization-kubeconfig=$config" \
        --leader-elect=false --secure-port=0 "${@:2}"
}

start_control_plane() {
    start_etcd
    start_apiserver
    start_controller kube-controller-manager --cluster-cidr=10.244.0.0/16 --allocate-node-cidrs \
        --service-cluster-ip-range=10.96.0.0/16 "--service-account-private-key-file=$state/pki/accounts.key" \
        "--root-ca-file=$state/pki/ca.crt" --use-service-account-credentials \
        --horizontal-pod-autoscaler-downscale-stabilization=30s "--flex-volume-plugin-dir=$state/volume-plugins"
    start_controller kube-scheduler
}

# containerd answers before its CRI service does, and then the kubelet exits.
start_kubelet() {
    local attempt
    for attempt in $(seq 20); do
        start kubelet kubelet "--kubeconfig=$state/config/$node.kubeconfig" "--config=$place/config/kubelet.yaml" \
            "--root-dir=$place/kubelet" "--cert-dir=$place/kubelet/pki" "--hostname-override=$node" "--node-ip=$node_address"
        for _ in $(seq 30); do
            sleep 0.2
            alive kubelet || continue 2
            if in_node curl -sf http://127.0.0.1:10248/healthz >/dev/null; then return; fi
        done
    done
    fail "the kubelet does not start (attempt $attempt): $(tail -n 5 "$logs/kubelet.$node.log")"
}

start_runtime() {
    for controller in $(cgroup_controllers); do mkdir -p "$controller$cgroup"; done
    fill config/containerd.toml "$place/config/containerd.toml"
    fill config/kubelet.yaml "$place/config/kubelet.yaml"
    fill config/kube-proxy.yaml "$place/config/kube-proxy.yaml"
    fill config/pods.conflist "$place/config/cni/pods.conflist"
    echo 'nameserver 10.200.0.254' >"$place/config/resolv.conf"
    start containerd containerd --config "$place/config/containerd.toml"
    wait_until 30 'containerd answers' in_node ctr version
    start_kubelet
    start kube-proxy kube-proxy "--config=$place/config/kube-proxy.yaml"
    wait_until 60 'the node is registered' kube get node "$node"
    start kube-router kube-router "--kubeconfig=$KUBECONFIG" "--hostname-override=$node" --run-firewall --run-router=false \
        --run-service-proxy=false --service-cluster-ip-range=10.96.0.0/16 --health-port=0 --metrics-port=0
}

# The cgroup directories of version 1, or the single one of version 2.
cgroup_controllers() {
    if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
        echo /sys/fs/cgroup
    else
        find /sys/fs/cgroup -mindepth 1 -maxdepth 1 -type d
    fi
}

start_node() {
    create_namespaces
    create_network
    choose_iptables
    create_certificates >"$logs/openssl.log" 2>&1
    start_control_plane
    start_runtime
    start git-server git-server "$node_address:8888" "$state/sources"
    in_node timeout 70 kubectl wait --for=condition=Ready "node/$node" --timeout=60s >/dev/null
    say 'the node is ready'
}

# kill_node NUMBER  ends the first process of a node, and with it all others.
kill_node() {
    select_node "$1"
    node_runs || return 0
    kill -KILL "$node_pid"
    while node_runs; do sleep 0.1; done
}

stop_node() {
    local controller
    kill_node 2
    kill_node 1
    for controller in $(cgroup_controllers); do
        [ ! -d "$controller/sluice-cluster" ] || wait_until 20 "removal of $controller/sluice-cluster" remove_cgroup "$controller/sluice-cluster"
    done
    rm -rf "$state"
    say 'the node is gone'
}

remove_cgroup() { find "$1" -depth -type d -exec rmdir {} +; }

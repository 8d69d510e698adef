# A second node, and a volume that both mount: GlusterFS, of which the server and the clients run in user space, because a
# kernel may lack a client for NFS.

start_second_node() {
    local first=$node_pid
    select_node 2
    mkdir -p "$place"/{run,config/cni}
    create_namespaces
    link_nodes "$first" "$node_pid"
    node_certificate >>"$logs/openssl.log" 2>&1
    start_runtime
    import_again
    in_node timeout 70 kubectl wait --for=condition=Ready "node/$node" --timeout=60s >/dev/null
    select_node 1
    say 'the second node is ready'
}

# link_nodes PID PID  a pair of interfaces: one on the bridge of the first node, one in the second node.
link_nodes() {
    local first=(nsenter --target "$1" --net --mount --)
    "${first[@]}" ip link add to-node-2 type veth peer name node0 netns "$2"
    "${first[@]}" ip link set to-node-2 master node0 up
    in_node ip link set lo up
    in_node ip addr add "$node_address/24" dev node0
    in_node ip link set node0 up
    in_node ip route add default via 10.200.0.254 dev node0
    in_node ip route add 10.244.0.0/24 via "$server_address"
    in_node sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables'
    "${first[@]}" ip route add "$pods" via "$node_address"
}

# on_node NUMBER COMMAND...
on_node() {
    local code=0
    select_node "$1"
    shift
    "$@" || code=$?
    select_node 1
    return "$code"
}

# The libraries of GlusterFS are looked up where the package installs them.
require_shared_volumes() {
    local tree
    one_tool SLUICE_VOLUME_TOOLS GlusterFS debian-tools.sh volume
    [ -c /dev/fuse ] || untried 'a volume on two nodes: this machine has no /dev/fuse'
    tree=$SLUICE_VOLUME_TOOLS/tree
    export PATH=$tree/usr/sbin:$PATH
    gluster_libraries=$tree${libraries#"$SLUICE_DEBIAN_TOOLS/tree"}
}

overlay_libraries() {
    local target=${libraries#"$SLUICE_DEBIAN_TOOLS/tree"}
    [ -d "$gluster_libraries" ] || return 0
    in_node mount -t overlay overlay -o "lowerdir=$gluster_libraries:$target" "$target"
}

# serve_volume NAME PORT [on]  "on": root of the nodes is an anonymous user, as with root_squash of NFS.
serve_volume() {
    local file
    mkdir -p "$state/shared/$1"
    for file in server client; do
        fill "config/volume-$file.vol" "$state/config/$1-$file.vol"
        sed -i -e "s#@DIRECTORY@#$state/shared/$1#" -e "s/@NAME@/$1/" -e "s/@PORT@/$2/" -e "s/@ROOT_SQUASH@/${3:-off}/" "$state/config/$1-$file.vol"
    done
    start_volume_server "$1"
}

start_volume_server() {
    require_shared_volumes
    start "server-of-$1" glusterfsd -N -f "$state/config/$1-server.vol" -l "$logs/server-of-$1.gluster.log" --pid-file "/run/$1.pid"
}

# mount_volume NAME  on the selected node. Clients cache names, missing ones as well, and attributes for 20 s, as NFS does.
mount_volume() {
    mkdir -p "$state/volumes/$1"
    start "mount-of-$1" glusterfs -N -f "$state/config/$1-client.vol" -l "$logs/mount-of-$1.$node.gluster.log" --pid-file "/run/mount-$1.pid" \
        --attribute-timeout=20 --entry-timeout=20 --negative-timeout=20 "$state/volumes/$1"
    wait_until 20 "$1 is mounted on $node" in_node mountpoint -q "$state/volumes/$1"
}

# share_volume NAME PORT [on]  serves a volume, mounts it on both nodes, and creates a claim with its name.
share_volume() {
    local number
    serve_volume "$@"
    for number in 1 2; do on_node "$number" mount_volume "$1"; done
    volume "$1" ReadWriteMany 'node-1, node-2'
    claim "$1" "$1" ReadWriteMany
}

# The trial: the chart on the node, under downloads that must not fail in any planned change.
for part in actions changes certificates faults releases nodes monitoring; do
    # shellcheck source=/dev/null
    . "$home/deploy/node/$part.sh"
done

# trial [all | STEP...]  without arguments, what every change is tried with, in minutes; "all" adds what is tried before a
# release. STEP is the name of a function below; it continues on a node on which the trial has run.
trial() {
    totals=0
    if [ $# = 0 ] || [ "$1" = all ]; then
        [ ! -d "$state/work" ] || fail 'this node has had a trial; start again with: deploy/cluster down && deploy/cluster up'
        prepare
        short
        [ $# = 0 ] || long
    else
        [ -d "$state/work" ] || prepare
        local name
        # shellcheck disable=SC2086  # such as "under_downloads upgrade"
        for name; do step "$name" $name; done
    fi
    say "the trial has passed in $SECONDS s"
}

short() {
    step 'install with the default values in a namespace that enforces "restricted"' install
    step 'from a Git repository to an applied Kustomization and HelmRelease' first_push
    step 'helm test, which downloads an artifact' helm_test
    step 'a file name that is not ASCII' utf8_names
    step 'who may connect to what' network_policies
    step 'start downloads' start_downloads
    step 'upgrade with other values and four servers under downloads' under_downloads upgrade
    step 'rollback to two servers under downloads' under_downloads rollback
    step 'delete the leader and a server under downloads' under_downloads delete_pods
    step 'kill a server' kill_server
    step 'time from git push to applied' push_often 3
    usage
    step 'requests that RBAC denies' no_denied_requests
}

long() {
    step 'a namespace that denies all connections by default' default_deny
    step 'rolling restart of both services under downloads' under_downloads restart_services
    step 'time from git push to applied' push_often 50
    step 'kill the leader under downloads' under_downloads kill_leader
    step 'freeze the leader under downloads' under_downloads freeze_leader
    step 'freeze a server' freeze_server
    step 'API server and etcd away for 150 s' without_control_plane
    step 'a HorizontalPodAutoscaler, under downloads' under_downloads autoscaling
    step 'the Prometheus operator with monitors and rules, under downloads' under_downloads monitoring
    step 'certificates from Secrets, a renewed one, and back to plain HTTP, under downloads' under_downloads certificates
    step 'limits that are too small, under downloads' under_downloads small_limits
    step 'a shard, under downloads' under_downloads shard
    step 'to another claim with ReadWriteMany, under downloads' under_downloads other_claim
    step 'drain and uncordon with PodDisruptionBudgets, under downloads' under_downloads drain
    step 'crash and return of the node' crash_node
    step 'to persistence.enabled=false' one_pod
    step 'from persistence.enabled=false to a claim' from_one_pod
    step 'uninstall and install again' reinstall
    step 'installed by helm-controller, with tests and drift detection' managed_by_flux
    two_node_steps
    usage
    step 'requests that RBAC denies' no_denied_requests
}

two_node_steps() {
    step 'two nodes with a ReadWriteMany volume' two_nodes
    step 'a file that another node has replaced' late_file
    step 'the server of the volume hangs for 30 s' hanging_volume
    step 'the server of the volume is gone for 20 s' lost_volume_server
    step 'a volume with root_squash, which fsGroup does not open' closed_volume
    step 'a node is suspended and returns' suspend_node
    step 'a node is lost' lose_node
}

# step NAME FUNCTION...  runs a step; its figures are in $figures.
step() {
    local name=$1 started=$SECONDS
    shift
    figures=
    "$@"
    printf '[trial] %3d s  %s%s\n' $((SECONDS - started)) "$name" "${figures:+: $figures}"
}

# The images: both targets of the Dockerfile, built by Docker if it runs, and otherwise by buildah on stand-ins for its base
# images; and images with everything else that runs in pods. They are kept in the cache by the content that they are built from.
images=${SLUICE_CLUSTER_IMAGES:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice/cluster-images}
services=(reconciler-service artifact-server-service)
tag=trial
programs=(busybox coredns downloads helm-controller https-get kustomize-controller pause source-controller wget)

with_buildah() {
    local configuration policy=()
    configuration=$(first "$SLUICE_DEBIAN_TOOLS/tree/etc/containers" /etc/containers)
    case $1 in bud | commit | push) policy=(--signature-policy "$configuration/policy.json") ;; esac
    # in mounts of its own, so that an interrupted build leaves none; buildah starts itself again without LD_LIBRARY_PATH
    TMPDIR=$images/tmp unshare --mount --propagation private \
        sh -c '[ ! -d "$1" ] || mount -t overlay overlay -o "lowerdir=$1:$2" "$2"; shift 2; exec "$@"' - "$libraries" "${libraries#"$SLUICE_DEBIAN_TOOLS/tree"}" \
        buildah --root "$images/storage" --runroot "$images/run" --storage-driver overlay \
        --registries-conf "$configuration/registries.conf" "$1" "${policy[@]}" "${@:2}"
}

# The files that the Dockerfile copies, except tests.
services_key() {
    cd "$home"
    {
        git ls-files -co --exclude-standard -- . ':!*/src/test/*' ':!docs' ':!charts' ':!.*' ':!*.md' ':!deploy/node' ':!deploy/cluster' \
            | LC_ALL=C sort | while read -r file; do [ ! -f "$file" ] || sha256sum "$file"; done
        echo "$builder $SLUICE_DEBIAN_TOOLS $jdk"
    } | sha256sum | cut -c1-16
}

tools_key() {
    local name
    for name in "${programs[@]}"; do command -v "$name"; done | cat - "$home/deploy/node/images.sh" | sha256sum | cut -c1-16
}

find_jdk_25() {
    local candidate
    for candidate in "${SLUICE_IMAGE_JDK:-}" "${JAVA_HOME_25:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/*; do
        if [ -x "$candidate/bin/jlink" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" 2>/dev/null; then
            realpath "$candidate"
            return
        fi
    done
}

# commit IMAGE CONTAINER  commits and removes the container.
commit() {
    with_buildah commit -q "$2" "localhost/$1" >/dev/null
    with_buildah rm "$2" >/dev/null
}

stand_ins() {
    local container java=/opt/java/jdk-25 key
    key=$(echo "$SLUICE_DEBIAN_TOOLS $jdk" | sha256sum | cut -c1-16)
    base=base:$key build=build:$key
    if with_buildah inspect --type image "localhost/$build" >/dev/null 2>&1; then return; fi
    say 'preparing stand-ins for the base images of the Dockerfile'
    container=$(with_buildah from scratch)
    with_buildah copy -q "$container" "$SLUICE_DEBIAN_TOOLS/base" / >/dev/null
    commit "$base" "$container"
    container=$(with_buildah from scratch)
    with_buildah copy -q "$container" "$SLUICE_DEBIAN_TOOLS/build" / >/dev/null
    with_buildah copy -q "$container" "$jdk" "$java" >/dev/null
    [ ! -f /etc/ssl/certs/java/cacerts ] \
        || with_buildah copy -q "$container" /etc/ssl/certs/java/cacerts "$java/lib/security/cacerts" >/dev/null
    with_buildah config --env "JAVA_HOME=$java" --env "PATH=$java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$container"
    commit "$build" "$container"
}

# Whether the Docker daemon responds.
docker_runs() { command -v docker && timeout 20 docker info; } >/dev/null 2>&1

build_service() {
    local started=$SECONDS
    say "building the target $1 of the Dockerfile with $builder"
    "build_with_$builder" "$1"
    say "built $1 in $((SECONDS - started)) s"
}

build_with_docker() {
    DOCKER_BUILDKIT=1 docker build --target "$1" --tag "sluice.invalid/$1:$tag" "$home" >"$images/tmp/$1.log" 2>&1 \
        || fail "the Dockerfile cannot be built: $(tail -n 30 "$images/tmp/$1.log")"
    docker save --output "$building/$1.tar" "sluice.invalid/$1:$tag"
}

build_with_buildah() {
    with_buildah bud --isolation chroot --layers --pull-never --build-arg "BUILD_IMAGE=localhost/$build" \
        --build-arg "BASE_IMAGE=localhost/$base" --target "$1" --tag "sluice.invalid/$1:$tag" "$home" >"$images/tmp/$1.log" 2>&1 \
        || fail "the Dockerfile cannot be built: $(tail -n 30 "$images/tmp/$1.log")"
    archive "sluice.invalid/$1:$tag" "$1"
}

# archive IMAGE NAME
archive() { with_buildah push -q "$1" "docker-archive:$building/$2.tar:$1" >/dev/null; }

# All programs that run in pods, the tools of "helm test" and the first process of a pod.
build_tools() {
    local name
    mkdir -p "$building/root/bin"
    for name in cat date find head sh sha256sum sleep; do ln -s busybox "$building/root/bin/$name"; done
    ln -s https-get "$building/root/bin/curl"
    build_programs tools "${programs[@]}"
}

# build_programs IMAGE PROGRAM...  an image with programs of the PATH.
build_programs() {
    local image=$1 container root=$building/root name
    shift
    mkdir -p "$root/bin"
    cp -a "$SLUICE_DEBIAN_TOOLS/base/." "$root/"
    for name; do cp -L "$(command -v "$name")" "$root/bin/"; done
    container=$(with_buildah from scratch)
    with_buildah copy -q "$container" "$root" / >/dev/null
    [ ! -e "$root/bin/pause" ] || with_buildah config --entrypoint '["/bin/pause"]' "$container"
    with_buildah config --env PATH=/bin --user 65534:65534 "$container"
    commit "$image:$tag" "$container"
    archive "localhost/$image:$tag" "$image"
    rm -rf "$root"
}

build_services() {
    local service
    [ "$builder" = docker ] || stand_ins
    for service in "${services[@]}"; do build_service "$service"; done
}

# build_missing KIND DIRECTORY  builds images unless they are in the cache; of earlier builds, one is kept.
build_missing() {
    local target=$2 building
    if [ -d "$target" ]; then
        touch "$target"
        return
    fi
    building=$(mktemp -d "$images/building.XXXXXX")
    "build_$1"
    mv -T "$building" "$target"
    find "$images" -maxdepth 1 -name "$1-*" -printf '%T@ %p\n' | sort -rn | tail -n +3 | cut -d' ' -f2- | xargs -r rm -rf
}

# Sets the directories of the images. Their names are determined once, because the sources can change during a build.
name_images() {
    builder=buildah
    ! docker_runs || builder=docker
    jdk=$(find_jdk_25)
    [ -n "$jdk" ] || [ "$builder" = docker ] || untried 'no JDK 25 for the images (SLUICE_IMAGE_JDK)'
    tools_images=$images/tools-$(tools_key)
    services_images=$images/services-$(services_key)
}

# Images that the node itself needs; the services are built while it starts.
build_tools_images() {
    mkdir -p "$images/tmp"
    build_missing tools "$tools_images"
}

build_services_images() {
    build_missing services "$services_images"
    find "$images" -maxdepth 1 -name 'building.*' -mmin +120 -exec rm -rf {} +
    # layers of earlier versions, of which each has 0.8 GB
    [ "$builder" = docker ] || with_buildah rmi --prune >/dev/null 2>&1 || say 'layers of earlier builds cannot be removed'
}

# import DIRECTORY
import() {
    local archive
    for archive in "$1"/*.tar; do in_node ctr -n k8s.io images import "$archive" >/dev/null; done
}

# The tools are the images of "helm test", without and with TLS, and that of a pod's first process.
import_tools() {
    import "$tools_images"
    in_node ctr -n k8s.io images tag "localhost/tools:$tag" docker.io/library/busybox:1.37 >/dev/null
    in_node ctr -n k8s.io images tag "localhost/tools:$tag" docker.io/curlimages/curl:8.11.1 >/dev/null
    in_node ctr -n k8s.io images tag "localhost/tools:$tag" sluice.invalid/tools:1 >/dev/null
}

# Imports on another node what "up" has imported on the first one, because the sources can have changed.
import_again() {
    read -r tools_images services_images <"$state/run/images"
    import_tools
    import "$services_images"
}

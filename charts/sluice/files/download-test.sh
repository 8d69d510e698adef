# Downloads an artifact, if the volume has one, through the Service and compares it with the stored file.
# Arguments: URL of the servers, directory of the volume or an empty string, timeout in seconds; for https, the file of the
# authorities and the directory of the client certificate, or empty strings. The scheme spiffe means servers with SVIDs: the
# pod of the test has no SVID, so it checks that the servers have one and refuse clients without one.
url=$1 volume=$2 deadline=$(($(date +%s) + $3)) authorities=${4:-} client=${5:-}

refuses() {
    problem="https${1#spiffe} did not refuse a client without an SVID"
    ! answer=$(curl -sSk -m 30 "https${1#spiffe}" 2>&1 >/dev/null) || return 1
    case $answer in
        *alert*certificate*) result="the servers have an SVID and require one" ;;
        *) problem="$problem: $answer"; return 1 ;;
    esac
}

get() {
    case $url in
        https:*) curl -sSf -m 30 ${authorities:+--cacert "$authorities"} \
            ${client:+--cert "$client/tls.crt" --key "$client/tls.key"} "$1" ;;
        *) wget -q -T 30 -O - "$1" ;;
    esac
}

attempt() {
    case $url in spiffe:*) refuses "$url"; return ;; esac
    get "$url" >/dev/null || { problem="GET $url failed"; return 1; }
    [ -n "$volume" ] || { result="the servers are ready"; return 0; }
    file=$(find "$volume/externalartifact" -type f -name '[!.]*.tar.gz' 2>/dev/null | head -n 1)
    [ -n "$file" ] || { result="the servers are ready; there is no artifact yet"; return 0; }
    path=${file#"$volume"/}
    expected=$(sha256sum <"$file")
    served=$(get "$url$path" | sha256sum)
    [ "$served" = "$expected" ] || { problem="GET $url$path returned different content than the volume"; return 1; }
    result="downloaded $path"
}

until attempt; do
    [ "$(date +%s)" -lt "$deadline" ] || { echo "$problem for $3 s; check the artifact servers and the network policies" >&2; exit 1; }
    sleep 2
done
echo "$result"

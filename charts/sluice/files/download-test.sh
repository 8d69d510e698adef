# Downloads an artifact, if the volume has one, through the Service and compares it with the stored file.
# Arguments: URL of the servers, directory of the volume or an empty string, timeout in seconds.
url=$1 volume=$2 deadline=$(($(date +%s) + $3))

attempt() {
    wget -q -T 10 -O /dev/null "$url" || { problem="GET $url failed"; return 1; }
    [ -n "$volume" ] || { result="the servers are ready"; return 0; }
    file=$(find "$volume/externalartifact" -type f -name '[!.]*.tar.gz' 2>/dev/null | head -n 1)
    [ -n "$file" ] || { result="the servers are ready; there is no artifact yet"; return 0; }
    path=${file#"$volume"/}
    expected=$(sha256sum <"$file")
    served=$(wget -q -T 30 -O - "$url$path" | sha256sum)
    [ "$served" = "$expected" ] || { problem="GET $url$path returned different content than the volume"; return 1; }
    result="downloaded $path"
}

until attempt; do
    [ "$(date +%s)" -lt "$deadline" ] || { echo "$problem for $3 s; check the artifact servers and the network policies" >&2; exit 1; }
    sleep 2
done
echo "$result"

"""Parts of the benchmark "workloads": delays the connections to an API server, and measures how long changes take.

changes.py delay PORT API_PORT ROUND_TRIP_MS
changes.py measure API_PORT SOURCE_PORT DIRECTORY COUNT CERTIFICATE
"""
import hashlib
import http.client
import io
import json
import queue
import random
import socket
import ssl
import sys
import tarfile
import threading
import time

WARM_UP = 20
LIMIT_SECONDS = 60
HEADERS = {"Authorization": "Bearer benchmark-admin"}
SOURCE = "/apis/source.toolkit.fluxcd.io/v1/namespaces/default/gitrepositories/app/status"
ARTIFACTS = "/apis/source.toolkit.fluxcd.io/v1/namespaces/default/externalartifacts"


def delay(port, target, round_trip_ms):
    """Forwards connections; bytes arrive half a round trip later in each direction."""
    listener = socket.create_server(("127.0.0.1", port))
    while True:
        client, _ = listener.accept()
        server = socket.create_connection(("127.0.0.1", target))
        for one, other in ((client, server), (server, client)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            pending = queue.SimpleQueue()
            threading.Thread(target=receive, args=(one, pending, round_trip_ms / 2000), daemon=True).start()
            threading.Thread(target=send, args=(other, pending), daemon=True).start()


def receive(connection, pending, seconds):
    data = b"-"
    while data:
        try:
            data = connection.recv(1 << 16)
        except OSError:
            data = b""
        pending.put((time.monotonic() + seconds, data))


def send(connection, pending):
    while True:
        due, data = pending.get()
        time.sleep(max(0, due - time.monotonic()))
        try:
            if not data:
                connection.shutdown(socket.SHUT_WR)
                return
            connection.sendall(data)
        except OSError:
            return


def archive(change):
    """A tar.gz of ten small files, one of which differs with each change."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as tar:
        for number in range(10):
            text = f"kind: ConfigMap\nmetadata: {{name: c{number}}}\ndata: {{change: '{change if number == 0 else 0}'}}\n"
            member = tarfile.TarInfo(f"{number}.yaml")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


def watch(connect, published):
    """Puts the time at which each artifact appeared, and its digest."""
    api = connect()
    api.request("GET", ARTIFACTS, headers=HEADERS)
    version = json.loads(api.getresponse().read())["metadata"]["resourceVersion"]
    api.request("GET", f"{ARTIFACTS}?watch=true&resourceVersion={version}", headers=HEADERS)
    response = api.getresponse()
    published.put(None)
    while True:
        line = response.readline()
        now = time.monotonic()
        published.put((now, json.loads(line)["object"].get("status", {}).get("artifact", {}).get("digest")))


def measure(api_port, source_port, directory, count, certificate):
    context = ssl.create_default_context(cafile=certificate)

    def connect():
        return http.client.HTTPSConnection("127.0.0.1", api_port, context=context)

    published = queue.SimpleQueue()
    threading.Thread(target=watch, args=(connect, published), daemon=True).start()
    published.get()
    api, times, last = connect(), [], None
    for change in range(WARM_UP + count):
        content = archive(change)
        name = f"change-{change}.tar.gz"
        with open(f"{directory}/{name}", "wb") as file:
            file.write(content)
        status = {"artifact": {"url": f"http://127.0.0.1:{source_port}/{name}", "path": name,
                               "revision": f"main@sha1:{change:040x}", "size": len(content),
                               "digest": "sha256:" + hashlib.sha256(content).hexdigest(),
                               "lastUpdateTime": "2026-01-01T00:00:00Z"}}
        time.sleep(random.uniform(0.1, 0.3))
        begun = time.monotonic()
        api.request("PATCH", SOURCE, json.dumps({"status": status}),
                    {**HEADERS, "Content-Type": "application/merge-patch+json"})
        api.getresponse().read()
        while True:
            seen, digest = published.get(timeout=LIMIT_SECONDS)
            if digest and digest != last:
                break
        last = digest
        if change >= WARM_UP:
            times.append((seen - begun) * 1000)
    times.sort()
    at = {part: times[min(len(times) - 1, int(len(times) * part / 100))] for part in (50, 90, 99)}
    print(f"p50 {at[50]:.0f}, p90 {at[90]:.0f}, p99 {at[99]:.0f} ms (minimum {times[0]:.0f})")


if sys.argv[1] == "delay":
    delay(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
else:
    measure(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5]), sys.argv[6])

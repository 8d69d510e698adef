package dev.sluice.hostile.cases;

import dev.sluice.hostile.arena.Attack;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Kind;
import dev.sluice.hostile.arena.Sources;
import dev.sluice.hostile.arena.Spec;
import dev.sluice.hostile.arena.TarBytes;
import dev.sluice.hostile.arena.Tenant;
import dev.sluice.hostile.arena.Told;
import dev.sluice.hostile.arena.Victim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Much of what is allowed. */
final class FloodCases {

    /** At the artifact server, which no API server protects. */
    private static final Duration AT_ONCE = Duration.ofMillis(5);

    private FloodCases() {}

    static List<HostileCase> all() {
        return List.of(
                queue("a thousand generators in one namespace", FloodCases::manyGenerators),
                queue("reconcile requests in a loop", FloodCases::requests),
                queue("specs that change in a loop", FloodCases::changes),
                queue("source revisions in a loop", FloodCases::revisions),
                queue("generators that come and go while they are built", FloodCases::comeAndGo),
                queue("finalizers that never end", FloodCases::finalizers),
                queue("generators of a megabyte", tenant -> largeGenerators(tenant, tenant.howMany(20, 100))),
                new HostileCase(
                        "objects",
                        "objects of a megabyte, more than the cache of objects holds",
                        tenant -> largeObjects(tenant, tenant.howMany(80, 600)),
                        Told.nothing()),
                server("misses at the artifact server in a loop", FloodCases::misses),
                server("hostile paths at the artifact server", FloodCases::paths),
                server("connections to the artifact server that say nothing", FloodCases::idleConnections),
                server("heap profiles and metrics in a loop", FloodCases::profiles));
    }

    private static HostileCase queue(String name, Attack attack) {
        return new HostileCase("queue", name, attack, Told.nothing());
    }

    private static HostileCase server(String name, Attack attack) {
        return new HostileCase("server", name, attack, Told.nothing());
    }

    private static void manyGenerators(Tenant tenant) {
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        IntStream.range(0, 1_000).parallel().forEach(i -> {
            Spec spec = Spec.from(i % 3 == 0 ? "app" : "missing");
            tenant.newGenerator("gen-" + i, spec.artifact("out-" + i, i % 3 == 0 ? "@app/**" : "@missing/**"));
        });
    }

    private static void requests(Tenant tenant) {
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        for (int i = 0; i < 4; i++) {
            String name = "gen-" + i;
            tenant.generator(name, Spec.from("app").artifact(name, "@app/**"));
            tenant.again(() -> tenant.requestReconciliation(name));
        }
    }

    private static void changes(Tenant tenant) {
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            tenant.again(() -> {
                int number = count.incrementAndGet();
                Spec spec = Spec.from("app")
                        .artifact("changes-" + number % 7, List.of(Spec.copy("@app/**", "@artifact/d" + number)));
                tenant.generator("changes-" + number % 5, spec);
            });
        }
    }

    private static void revisions(Tenant tenant) {
        tenant.generator("follows", Spec.from("app").artifact("follows", "@app/**"));
        AtomicInteger count = new AtomicInteger();
        tenant.again(() -> tenant.source("app", TarBytes.of("a.yaml", "a: " + count.incrementAndGet())));
    }

    private static void comeAndGo(Tenant tenant) {
        tenant.source("app", Bombs.emptyFiles(60_000));
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            tenant.again(() -> {
                String name = "brief-" + count.incrementAndGet() % 10;
                tenant.generator(name, Spec.from("app").artifact(name, "@app/**"));
                tenant.delete(Kind.ARTIFACT_GENERATOR, name);
            });
        }
    }

    private static void finalizers(Tenant tenant) {
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        List<String> never = List.of("example.com/never", "finalizers.fluxcd.io");
        for (int i = 0; i < 20; i++) {
            String name = "final-" + i;
            tenant.generator(name, Spec.from("app").artifact(name, "@app/**"));
            Map<String, Object> metadata = Map.of("metadata", Map.of("finalizers", never));
            tenant.patch(Kind.EXTERNAL_ARTIFACT, name, metadata);
            tenant.patch(Kind.ARTIFACT_GENERATOR, name, metadata);
            tenant.delete(Kind.ARTIFACT_GENERATOR, name);
            tenant.delete(Kind.EXTERNAL_ARTIFACT, name);
        }
        tenant.again(() -> {
            for (int i = 0; i < 20; i++) {
                tenant.requestReconciliation("final-" + i);
            }
        });
    }

    private static void largeGenerators(Tenant tenant, int count) {
        String text = "x".repeat(1_000);
        List<String> excludes = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> excludes.add(text));
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Map<String, Object> one = Spec.copy("@missing/**", "@artifact/");
            one.put("exclude", excludes);
            copy.add(one);
        }
        for (int i = 0; i < count; i++) {
            tenant.newGenerator("large-" + i, Spec.from("missing").artifact("large-" + i, copy));
        }
    }

    /** Half of them sources, half of them artifacts that others may use. */
    private static void largeObjects(Tenant tenant, int count) {
        Map<String, Object> annotated = Map.of(
                "spec", Sources.spec(Kind.EXTERNAL_ARTIFACT),
                "metadata", Map.of("annotations", Map.of("a", "x".repeat(240_000))));
        for (int i = 0; i < count / 2; i++) {
            String name = "large-" + i;
            tenant.create(Kind.GIT_REPOSITORY, name, Map.of("spec", Sources.spec(Kind.GIT_REPOSITORY)));
            tenant.status(Kind.GIT_REPOSITORY, name, large("x", "r".repeat(1_000_000)));
            tenant.create(Kind.EXTERNAL_ARTIFACT, name, annotated);
            tenant.status(Kind.EXTERNAL_ARTIFACT, name, large("u".repeat(700_000), "r"));
        }
    }

    private static Map<String, ?> large(String file, String revision) {
        return Map.of("artifact", Sources.artifact("http://127.0.0.1:1/" + file, "sha256:" + "0".repeat(64), revision));
    }

    private static void misses(Tenant tenant) {
        AtomicInteger count = new AtomicInteger();
        flood(
                tenant,
                AT_ONCE,
                () -> tenant.arena()
                        .artifacts()
                        .resolve("/externalartifact/%s/%s/%d.tar.gz"
                                .formatted(Victim.NAMESPACE, Victim.CHANGING, count.incrementAndGet())));
    }

    private static void flood(Tenant tenant, Duration pause, java.util.function.Supplier<URI> next) {
        for (int i = 0; i < 8; i++) {
            HttpClient http = HttpClient.newHttpClient();
            tenant.again(pause, () -> get(http, next.get()));
        }
    }

    private static void get(HttpClient http, URI uri) {
        try {
            http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void paths(Tenant tenant) {
        List<String> paths = List.of(
                "/externalartifact/victim/../../.sluice-volume",
                "/externalartifact/%2e%2e/%2e%2e/etc/passwd",
                "/.lock",
                "/" + "a/".repeat(2_000),
                "/externalartifact/victim/" + Victim.QUIET + "/" + "%00".repeat(500),
                "/externalartifact/victim/" + Victim.QUIET + "/latest.tar.gz",
                "*",
                "/\u00ff");
        for (int i = 0; i < 4; i++) {
            AtomicInteger count = new AtomicInteger(i);
            tenant.again(
                    AT_ONCE,
                    () -> raw(
                            tenant,
                            "GET %s HTTP/1.1\r\nHost: x\r\nRange: bytes=0-0,1-1,2-2,5-,-1\r\nConnection: close\r\n\r\n"
                                    .formatted(paths.get(count.incrementAndGet() % paths.size()))));
        }
    }

    private static void raw(Tenant tenant, String request) {
        URI uri = tenant.arena().artifacts();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void idleConnections(Tenant tenant) throws IOException {
        URI uri = tenant.arena().artifacts();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            socket.getOutputStream().write("GET /externalartifact/".getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        tenant.again(() -> {
            java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L);
            if (!tenant.isGoing()) {
                sockets.forEach(FloodCases::close);
            }
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void profiles(Tenant tenant) {
        List<String> paths =
                List.of("/debug/pprof/heap?debug=1", "/metrics", "/debug/pprof/goroutine?debug=2", "/debug/pprof/heap");
        AtomicInteger count = new AtomicInteger();
        Duration pause = Duration.ofMillis(50);
        flood(tenant, pause, () -> tenant.arena().metrics().resolve(paths.get(count.incrementAndGet() % paths.size())));
    }
}

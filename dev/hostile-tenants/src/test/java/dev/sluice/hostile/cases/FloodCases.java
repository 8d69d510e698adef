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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Much of what is allowed. */
final class FloodCases {

    /** At the artifact server, which no API server protects. */
    private static final Duration AT_ONCE = Duration.ofMillis(5);

    /** As fast as the API server of a test takes large objects of six kinds; faster, it is the one that suffers. */
    private static final Duration SLOWLY = Duration.ofMillis(500);

    private FloodCases() {}

    static List<HostileCase> all() {
        return List.of(
                queue("a thousand generators in one namespace", FloodCases::manyGenerators),
                queue("reconcile requests in a loop", FloodCases::requests),
                queue("specs that change in a loop", FloodCases::changes),
                queue("source revisions in a loop", FloodCases::revisions),
                queue("generators that come and go while they are built", FloodCases::comeAndGo),
                queue("finalizers that never end", FloodCases::finalizers),
                queue("a source of many generators that changes in a loop", FloodCases::manyUsers),
                queue("generators that all make and all use one artifact", FloodCases::crowd),
                queue("generators of a megabyte", tenant -> largeGenerators(tenant, tenant.howMany(20, 100))),
                new HostileCase(
                        "objects",
                        "objects of a megabyte, more than the cache of objects holds",
                        tenant -> largeObjects(tenant, tenant.howMany(20, 600)),
                        Told.nothing()),
                new HostileCase(
                        "objects", "large objects that change in a loop", FloodCases::largeChanges, Told.nothing()),
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
        IntStream.range(0, tenant.howMany(300, 1_000)).parallel().forEach(i -> {
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

    private static void manyUsers(Tenant tenant) {
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        int generators = tenant.howMany(60, 1_000);
        for (int i = 0; i < generators; i++) {
            tenant.newGenerator("user-" + i, Spec.from("app").artifact("user-" + i, "@app/**"));
        }
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            tenant.again(Duration.ofMillis(tenant.howMany(50, 5)), () -> {
                Map<String, Object> artifact = Map.of("revision", "main@sha1:" + count.incrementAndGet());
                tenant.status(Kind.GIT_REPOSITORY, "app", Map.of("artifact", artifact));
            });
        }
    }

    /** Whoever looks for a cycle among them must not look at each for each. */
    private static void crowd(Tenant tenant) {
        int generators = tenant.howMany(40, 300);
        Spec spec = Spec.from();
        for (int i = 0; i < 200; i++) {
            spec.source("s" + i, Kind.EXTERNAL_ARTIFACT, "shared");
        }
        spec.artifact("shared", "@s0/**");
        for (int i = 0; i < generators; i++) {
            tenant.newGenerator("crowd-" + i, spec);
        }
    }

    private static void comeAndGo(Tenant tenant) {
        tenant.source("app", Bombs.emptyFiles(tenant.size(60_000)));
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
        AtomicInteger round = new AtomicInteger();
        tenant.again(() -> tenant.requestReconciliation("final-" + round.incrementAndGet() % 20));
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

    /**
     * Events of all kinds, in the long runs of a megabyte each: an API server keeps them for more than a minute. And an
     * object whose fields have many owners.
     */
    private static void largeChanges(Tenant tenant) {
        Map<String, String> labels = new LinkedHashMap<>();
        IntStream.range(0, tenant.howMany(200, 2_000)).forEach(i -> labels.put("label-" + i, "v".repeat(60)));
        tenant.generator("changes", Spec.from("missing").artifact("changes", "@missing/**"));
        for (int i = 0; i < tenant.howMany(10, 40); i++) {
            tenant.applyAs(
                    "manager-" + i,
                    Kind.GIT_REPOSITORY,
                    "changes",
                    Map.of("spec", Sources.spec(Kind.GIT_REPOSITORY), "metadata", Map.of("labels", labels)));
        }
        AtomicInteger count = new AtomicInteger();
        for (Kind kind : Kind.SOURCES) {
            tenant.apply(kind, "changes", Map.of("spec", Sources.spec(kind)));
            tenant.again(SLOWLY, () -> {
                Map<String, Object> artifact = Sources.artifact(
                        "http://127.0.0.1:1/x", "sha256:" + "0".repeat(64), "r" + count.incrementAndGet());
                artifact.put("metadata", Map.of("m", "x".repeat(tenant.howMany(150_000, 700_000))));
                tenant.status(kind, "changes", Map.of("artifact", artifact));
            });
        }
        tenant.again(SLOWLY, () -> {
            Map<String, String> annotations = Map.of("a", count.incrementAndGet() + "x".repeat(200_000));
            tenant.patch(
                    Kind.ARTIFACT_GENERATOR,
                    "changes",
                    Map.of("metadata", Map.of("annotations", annotations, "labels", labels)));
        });
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

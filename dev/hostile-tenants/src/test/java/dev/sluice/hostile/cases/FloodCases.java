package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.SourceObjects;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import dev.sluice.hostile.harness.Victim;
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

/** Large numbers of valid objects and requests. */
final class FloodCases {

    /** Pause between updates of large objects of six kinds; a shorter one would overload the test's API server. */
    private static final Duration SLOW = Duration.ofMillis(500);

    private FloodCases() {}

    static List<HostileCase> all() {
        return List.of(
                queue("a thousand generators in one namespace", FloodCases::manyGenerators),
                queue("reconcile requests in a loop", FloodCases::requests),
                queue("spec changes in a loop", FloodCases::changes),
                queue("new source revisions in a loop", FloodCases::revisions),
                queue("generators that are created and deleted while they are built", FloodCases::comeAndGo),
                queue("finalizers that are never removed", FloodCases::finalizers),
                queue("a source of many generators, changed in a loop", FloodCases::manyUsers),
                queue("generators that all produce and all use the same artifact", FloodCases::crowd),
                queue("generators of one megabyte", tenant -> largeGenerators(tenant, tenant.count(10, 100))),
                new HostileCase(
                        "objects",
                        "objects of one megabyte, which exceed the object cache",
                        tenant -> largeObjects(tenant, tenant.count(20, 600)),
                        ExpectedMessage.none()),
                new HostileCase(
                        "objects",
                        "changes of large objects in a loop",
                        FloodCases::largeChanges,
                        ExpectedMessage.none()),
                server("misses at the artifact server in a loop", FloodCases::misses),
                server("hostile paths at the artifact server", FloodCases::paths),
                server("idle connections to the artifact server", FloodCases::idleConnections),
                server("heap profiles and metrics in a loop", FloodCases::profiles));
    }

    private static HostileCase queue(String name, Attack attack) {
        return new HostileCase("queue", name, attack, ExpectedMessage.none());
    }

    private static HostileCase server(String name, Attack attack) {
        return new HostileCase("server", name, attack, ExpectedMessage.none());
    }

    private static void manyGenerators(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        IntStream.range(0, tenant.count(150, 1_000)).parallel().forEach(i -> {
            GeneratorSpec spec = GeneratorSpec.from(i % 3 == 0 ? "app" : "missing");
            tenant.createGenerator("gen-" + i, spec.artifact("out-" + i, i % 3 == 0 ? "@app/**" : "@missing/**"));
        });
    }

    private static void requests(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        for (int i = 0; i < 4; i++) {
            String name = "gen-" + i;
            tenant.generator(name, GeneratorSpec.from("app").artifact(name, "@app/**"));
            tenant.repeat(() -> tenant.requestReconciliation(name));
        }
    }

    private static void changes(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            tenant.repeat(() -> {
                int number = count.incrementAndGet();
                GeneratorSpec spec = GeneratorSpec.from("app")
                        .artifact(
                                "changes-" + number % 7,
                                List.of(GeneratorSpec.copy("@app/**", "@artifact/d" + number)));
                tenant.generator("changes-" + number % 5, spec);
            });
        }
    }

    private static void revisions(Tenant tenant) {
        tenant.generator("follows", GeneratorSpec.from("app").artifact("follows", "@app/**"));
        AtomicInteger count = new AtomicInteger();
        tenant.repeat(() -> tenant.source("app", TarGzBuilder.of("a.yaml", "a: " + count.incrementAndGet())));
    }

    private static void manyUsers(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        int generators = tenant.count(40, 1_000);
        for (int i = 0; i < generators; i++) {
            tenant.createGenerator("user-" + i, GeneratorSpec.from("app").artifact("user-" + i, "@app/**"));
        }
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            tenant.repeat(Duration.ofMillis(tenant.count(150, 5)), () -> {
                Map<String, Object> artifact = Map.of("revision", "main@sha1:" + count.incrementAndGet());
                tenant.status(ResourceKind.GIT_REPOSITORY, "app", Map.of("artifact", artifact));
            });
        }
    }

    /** The search for cycles must not take quadratic time here. */
    private static void crowd(Tenant tenant) {
        int generators = tenant.count(25, 300);
        GeneratorSpec spec = GeneratorSpec.from();
        for (int i = 0; i < 200; i++) {
            spec.source("s" + i, ResourceKind.EXTERNAL_ARTIFACT, "shared");
        }
        spec.artifact("shared", "@s0/**");
        for (int i = 0; i < generators; i++) {
            tenant.createGenerator("crowd-" + i, spec);
        }
    }

    private static void comeAndGo(Tenant tenant) {
        tenant.source("app", HostileArchives.emptyFiles(tenant.size(60_000)));
        AtomicInteger count = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            tenant.repeat(() -> {
                String name = "brief-" + count.incrementAndGet() % 10;
                tenant.generator(name, GeneratorSpec.from("app").artifact(name, "@app/**"));
                tenant.delete(ResourceKind.ARTIFACT_GENERATOR, name);
            });
        }
    }

    private static void finalizers(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        List<String> never = List.of("example.com/never", "finalizers.fluxcd.io");
        for (int i = 0; i < 20; i++) {
            String name = "final-" + i;
            tenant.generator(name, GeneratorSpec.from("app").artifact(name, "@app/**"));
            Map<String, Object> metadata = Map.of("metadata", Map.of("finalizers", never));
            tenant.patch(ResourceKind.EXTERNAL_ARTIFACT, name, metadata);
            tenant.patch(ResourceKind.ARTIFACT_GENERATOR, name, metadata);
            tenant.delete(ResourceKind.ARTIFACT_GENERATOR, name);
            tenant.delete(ResourceKind.EXTERNAL_ARTIFACT, name);
        }
        AtomicInteger round = new AtomicInteger();
        tenant.repeat(() -> tenant.requestReconciliation("final-" + round.incrementAndGet() % 20));
    }

    private static void largeGenerators(Tenant tenant, int count) {
        String text = "x".repeat(1_000);
        List<String> excludes = new ArrayList<>();
        IntStream.range(0, 100).forEach(i -> excludes.add(text));
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Map<String, Object> one = GeneratorSpec.copy("@missing/**", "@artifact/");
            one.put("exclude", excludes);
            copy.add(one);
        }
        for (int i = 0; i < count; i++) {
            tenant.createGenerator("large-" + i, GeneratorSpec.from("missing").artifact("large-" + i, copy));
        }
    }

    /** Half of them are sources, half of them artifacts that generators can use. */
    private static void largeObjects(Tenant tenant, int count) {
        Map<String, Object> annotated = Map.of(
                "spec", SourceObjects.spec(ResourceKind.EXTERNAL_ARTIFACT),
                "metadata", Map.of("annotations", Map.of("a", "x".repeat(240_000))));
        for (int i = 0; i < count / 2; i++) {
            String name = "large-" + i;
            tenant.create(
                    ResourceKind.GIT_REPOSITORY, name, Map.of("spec", SourceObjects.spec(ResourceKind.GIT_REPOSITORY)));
            tenant.status(ResourceKind.GIT_REPOSITORY, name, large("x", "r".repeat(1_000_000)));
            tenant.create(ResourceKind.EXTERNAL_ARTIFACT, name, annotated);
            tenant.status(ResourceKind.EXTERNAL_ARTIFACT, name, large("u".repeat(700_000), "r"));
        }
    }

    /**
     * Watch events of all kinds, of one megabyte each in the long runs; the API server caches them for more than a
     * minute. One of the objects has many field managers.
     */
    private static void largeChanges(Tenant tenant) {
        Map<String, String> labels = new LinkedHashMap<>();
        IntStream.range(0, tenant.count(200, 2_000)).forEach(i -> labels.put("label-" + i, "v".repeat(60)));
        tenant.generator("changes", GeneratorSpec.from("missing").artifact("changes", "@missing/**"));
        for (int i = 0; i < tenant.count(10, 40); i++) {
            tenant.applyAs(
                    "manager-" + i,
                    ResourceKind.GIT_REPOSITORY,
                    "changes",
                    Map.of(
                            "spec",
                            SourceObjects.spec(ResourceKind.GIT_REPOSITORY),
                            "metadata",
                            Map.of("labels", labels)));
        }
        AtomicInteger count = new AtomicInteger();
        for (ResourceKind kind : ResourceKind.SOURCES) {
            tenant.apply(kind, "changes", Map.of("spec", SourceObjects.spec(kind)));
            tenant.repeat(SLOW, () -> {
                Map<String, Object> artifact = SourceObjects.artifact(
                        "http://127.0.0.1:1/x", "sha256:" + "0".repeat(64), "r" + count.incrementAndGet());
                artifact.put("metadata", Map.of("m", "x".repeat(tenant.count(150_000, 700_000))));
                tenant.status(kind, "changes", Map.of("artifact", artifact));
            });
        }
        tenant.repeat(SLOW, () -> {
            Map<String, String> annotations = Map.of("a", count.incrementAndGet() + "x".repeat(200_000));
            tenant.patch(
                    ResourceKind.ARTIFACT_GENERATOR,
                    "changes",
                    Map.of("metadata", Map.of("annotations", annotations, "labels", labels)));
        });
    }

    private static Map<String, ?> large(String file, String revision) {
        return Map.of(
                "artifact", SourceObjects.artifact("http://127.0.0.1:1/" + file, "sha256:" + "0".repeat(64), revision));
    }

    private static void misses(Tenant tenant) {
        AtomicInteger count = new AtomicInteger();
        flood(
                tenant,
                fast(tenant),
                () -> tenant.environment()
                        .artifacts()
                        .resolve("/externalartifact/%s/%s/%d.tar.gz"
                                .formatted(Victim.NAMESPACE, Victim.CHANGING, count.incrementAndGet())));
    }

    /** Pause between requests to the artifact server; a shorter one would mostly load the client. */
    private static Duration fast(Tenant tenant) {
        return Duration.ofMillis(tenant.count(40, 10));
    }

    private static void flood(Tenant tenant, Duration pause, java.util.function.Supplier<URI> next) {
        for (int i = 0; i < 8; i++) {
            HttpClient http = HttpClient.newHttpClient();
            tenant.repeat(pause, () -> get(http, next.get()));
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
            tenant.repeat(
                    fast(tenant),
                    () -> raw(
                            tenant,
                            "GET %s HTTP/1.1\r\nHost: x\r\nRange: bytes=0-0,1-1,2-2,5-,-1\r\nConnection: close\r\n\r\n"
                                    .formatted(paths.get(count.incrementAndGet() % paths.size()))));
        }
    }

    private static void raw(Tenant tenant, String request) {
        URI uri = tenant.environment().artifacts();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void idleConnections(Tenant tenant) throws IOException {
        URI uri = tenant.environment().artifacts();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            socket.getOutputStream().write("GET /externalartifact/".getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        tenant.repeat(() -> {
            java.util.concurrent.locks.LockSupport.parkNanos(200_000_000L);
            if (!tenant.isActive()) {
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
        Duration pause = Duration.ofMillis(tenant.count(150, 50));
        flood(
                tenant,
                pause,
                () -> tenant.environment().metrics().resolve(paths.get(count.incrementAndGet() % paths.size())));
    }
}

package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.SourceObjects;
import dev.sluice.hostile.harness.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects that the API server accepts and that a client may fail to decode. */
final class DecodingCases {

    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final List<String> TIMES = List.of(
            "2026-01-01T00:00:00+19:00",
            "2026-01-01T00:00:00-23:59",
            "2026-01-01T00:00:00.0123456789Z",
            "2026-01-01T00:00:00." + "9".repeat(10_000) + "Z",
            "2026-01-01t00:00:00z",
            "2026-01-01 00:00:00Z",
            "2026-12-31T23:59:60Z",
            "2026-01-01T24:00:00Z",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999-23:59",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+00:60",
            "2026-01-01T00:00:00+0000",
            "2026-01-01",
            "");

    private DecodingCases() {}

    static List<HostileCase> all() {
        return List.of(
                decoding("hostile timestamps in every source kind", tenant -> times(tenant, TIMES)),
                decoding("hostile timestamps in conditions", DecodingCases::conditionTimes),
                decoding("sizes and generations at the limits of their ranges", DecodingCases::numbers),
                decoding("revisions of one megabyte and with control characters", DecodingCases::revisions),
                decoding("invalid URLs", DecodingCases::urls),
                decoding("invalid digests", DecodingCases::digests),
                decoding("metadata of one megabyte in the artifact of a status", DecodingCases::artifactMetadata),
                decoding("labels, annotations and names of maximum size", DecodingCases::largeMetadata),
                decoding("forged generator statuses", DecodingCases::generatorStatus),
                new HostileCase(
                        "restart",
                        "hostile timestamps in every source kind at startup",
                        Attack.beforeStart(tenant -> times(tenant, TIMES.subList(0, 4))),
                        ExpectedMessage.none()));
    }

    private static HostileCase decoding(String name, Attack attack) {
        return new HostileCase("decoding", name, attack, ExpectedMessage.none());
    }

    private static void times(Tenant tenant, List<String> times) {
        for (ResourceKind kind : ResourceKind.SOURCES) {
            boolean accepted = false;
            for (int i = 0; i < times.size(); i++) {
                accepted |= tenant.source(kind, "times-" + i, artifactOf("lastUpdateTime", times.get(i)));
            }
            if (!accepted) {
                throw new AssertionError("the API server accepted none of the timestamps for " + kind);
            }
        }
        tenant.generator("uses", GeneratorSpec.from("times-0").artifact("none", "@times-0/**"));
    }

    private static Map<String, Object> artifactOf(String field, Object value) {
        Map<String, Object> artifact =
                new LinkedHashMap<>(SourceObjects.artifact("http://127.0.0.1:1/x.tar.gz", DIGEST, "r"));
        artifact.put(field, value);
        return artifact;
    }

    private static void conditionTimes(Tenant tenant) {
        tenant.generator("times", GeneratorSpec.from("none").artifact("none", "@none/**"));
        ResourceKind.SOURCES.forEach(kind -> tenant.apply(kind, "condition", Map.of("spec", SourceObjects.spec(kind))));
        for (String time : TIMES) {
            Map<String, Object> condition = Map.of(
                    "type", "Ready",
                    "status", "True",
                    "reason", "Succeeded",
                    "message", "well",
                    "lastTransitionTime", time);
            tenant.status(ResourceKind.ARTIFACT_GENERATOR, "times", Map.of("conditions", List.of(condition)));
            ResourceKind.SOURCES.forEach(kind -> tenant.status(
                    kind,
                    "condition",
                    Map.of("artifact", artifactOf("revision", time), "conditions", List.of(condition))));
        }
    }

    private static void numbers(Tenant tenant) {
        List<Object> numbers = List.of(-1, Long.MIN_VALUE, Long.MAX_VALUE, 1e18, 1.5, 0);
        for (ResourceKind kind : ResourceKind.SOURCES) {
            for (int i = 0; i < numbers.size(); i++) {
                tenant.source(kind, "numbers-" + i, artifactOf("size", numbers.get(i)));
                tenant.status(kind, "numbers-" + i, Map.of("observedGeneration", numbers.get(i)));
            }
        }
        tenant.generator("numbers", GeneratorSpec.from("numbers-2").artifact("none", "@numbers-2/**"));
    }

    private static void revisions(Tenant tenant) {
        byte[] bytes = dev.sluice.hostile.harness.TarGzBuilder.of("a.yaml", "a: 1");
        List<String> revisions = List.of(
                "r".repeat(1_000_000), "a\nb\u0000\u001b[2J\r\u2028", "@sha1:", "\ud83d\ude00".repeat(1000), "");
        for (int i = 0; i < revisions.size(); i++) {
            String url = tenant.host().offer("/gitrepository/%s/r%d.tar.gz".formatted(tenant.namespace(), i), bytes);
            Map<String, Object> artifact =
                    SourceObjects.artifact(url, dev.sluice.hostile.harness.FluxDigest.of(bytes), revisions.get(i));
            artifact.put("metadata", Map.of("org.opencontainers.image.revision", revisions.get(i)));
            tenant.source(ResourceKind.GIT_REPOSITORY, "r" + i, artifact);
            GeneratorSpec spec = GeneratorSpec.from("r" + i);
            spec.artifact("follows-" + i, List.of(GeneratorSpec.copy("@r" + i + "/**", "@artifact/")));
            tenant.generator("r" + i, spec);
            Map<String, Object> named = Map.of(
                    "name", "named-" + i,
                    "revision", "@r" + i,
                    "originRevision", "@r" + i,
                    "copy", List.of(GeneratorSpec.copy("@r" + i + "/**", "@artifact/")));
            tenant.generator("n" + i, GeneratorSpec.from("r" + i).with("artifacts", List.of(named)));
        }
    }

    private static void urls(Tenant tenant) {
        List<String> urls = List.of(
                "",
                "http://",
                "http://[::1",
                "http://127.0.0.1:99999/x.tar.gz",
                "http://a b/x.tar.gz",
                "file:///etc/passwd",
                "jar:file:/etc/passwd!/x",
                "http://user:secret@127.0.0.1:1/x.tar.gz",
                "http://127.0.0.1:1/" + "a".repeat(1_000_000),
                "//host/x",
                "http://\u0000/",
                "http://xn--" + "a".repeat(300) + "/",
                "HTTP://127.0.0.1:1/%00%zz");
        for (int i = 0; i < urls.size(); i++) {
            tenant.source(ResourceKind.GIT_REPOSITORY, "u" + i, artifactOf("url", urls.get(i)));
            tenant.generator("u" + i, GeneratorSpec.from("u" + i).artifact("u" + i, "@u" + i + "/**"));
        }
    }

    private static void digests(Tenant tenant) {
        List<String> digests = List.of(
                "",
                "sha256:",
                "sha256:" + "0".repeat(63),
                "sha256:" + "\u0660".repeat(64), // digits, but not ASCII
                "SHA256:" + "0".repeat(64),
                "md5:" + "0".repeat(32),
                "sha512:" + "0".repeat(64),
                "sha256:../../victim/" + "0".repeat(40),
                "a\nb\u0000\u001b[2J",
                "\ud83d\ude00".repeat(16),
                ":".repeat(100),
                "0".repeat(1_000_000));
        for (int i = 0; i < digests.size(); i++) {
            tenant.source(ResourceKind.GIT_REPOSITORY, "d" + i, artifactOf("digest", digests.get(i)));
            tenant.generator("d" + i, GeneratorSpec.from("d" + i).artifact("d" + i, "@d" + i + "/**"));
        }
    }

    private static void artifactMetadata(Tenant tenant) {
        Map<String, String> metadata = new LinkedHashMap<>();
        int keys = tenant.count(1_000, 20_000); // the API server tracks the owner of each key
        for (int i = 0; i < keys; i++) {
            metadata.put("key-" + i, "v".repeat(800_000 / keys));
        }
        ResourceKind.SOURCES.forEach(kind -> tenant.source(kind, "metadata", artifactOf("metadata", metadata)));
        tenant.generator("metadata", GeneratorSpec.from("metadata").artifact("metadata", "@metadata/**"));
    }

    private static void largeMetadata(Tenant tenant) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < tenant.count(200, 2_000); i++) {
            labels.put("p".repeat(240) + ".io/" + "k".repeat(50) + i, "v".repeat(63));
        }
        String name = "n".repeat(253);
        Map<String, Object> metadata = Map.of(
                "labels", labels,
                "annotations", Map.of("a", "x".repeat(250_000)),
                "finalizers", List.of("example.com/never"));
        for (ResourceKind kind : ResourceKind.SOURCES) {
            tenant.apply(kind, name, Map.of("spec", SourceObjects.spec(kind), "metadata", metadata));
        }
        GeneratorSpec spec = GeneratorSpec.from("none").artifact(name, "@none/**");
        spec.with("commonMetadata", Map.of("labels", labels, "annotations", Map.of("a", "x".repeat(250_000))));
        tenant.generator(name, spec);
        for (ResourceKind kind : ResourceKind.SOURCES) {
            tenant.delete(kind, name);
            tenant.patch(kind, name, Map.of("metadata", Map.of("finalizers", List.of())));
        }
    }

    private static void generatorStatus(Tenant tenant) {
        tenant.generator("status", GeneratorSpec.from("none").artifact("none", "@none/**"));
        List<Map<String, ?>> statuses = List.of(
                Map.of("observedSourcesDigest", "x".repeat(1_000_000)),
                Map.of("lastHandledReconcileAt", "\u0000\n".repeat(100_000)),
                Map.of("inventory", List.of(Map.of("name", "", "namespace", "", "digest", "", "filename", ""))),
                Map.of("conditions", conditions("m".repeat(32_768), 40)),
                Map.of("conditions", conditions("", 1)));
        for (Map<String, ?> status : statuses) {
            tenant.status(ResourceKind.ARTIFACT_GENERATOR, "status", status);
            tenant.requestReconciliation("status");
        }
    }

    private static List<Map<String, Object>> conditions(String message, int count) {
        return java.util.stream.IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i -> Map.of(
                        "type",
                        i == 0 ? "Ready" : "Other" + i,
                        "status",
                        "False",
                        "reason",
                        "Hostile",
                        "message",
                        message,
                        "observedGeneration",
                        Long.MAX_VALUE,
                        "lastTransitionTime",
                        "2026-01-01T00:00:00Z"))
                .toList();
    }
}

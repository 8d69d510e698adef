package dev.sluice.hostile.fuzz;

import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.FluxDigest;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.SourceObjects;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes random generators, sources and statuses, which refer to each other and to the victim, until it is stopped. */
final class RandomAttack implements Attack {

    private static final int THREADS = 3;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final long seed;

    RandomAttack(long seed) {
        this.seed = seed;
    }

    @Override
    public void start(Tenant tenant) {
        for (int i = 0; i < 4; i++) {
            tenant.host().offer("/gitrepository/%s/%d.tar.gz".formatted(tenant.namespace(), i), archive(i));
        }
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            RandomValues values = new RandomValues(random, tenant);
            tenant.repeat(PAUSE, () -> step(tenant, values));
        }
    }

    private static byte[] archive(int number) {
        return switch (number) {
            case 0 -> TarGzBuilder.of("a.yaml", "a: 1");
            case 1 ->
                TarGzBuilder.create()
                        .file("a.yaml", "b: [1, 2]")
                        .file("d/x", "x")
                        .file("d/b/y", "")
                        .bytes();
            case 2 ->
                TarGzBuilder.create()
                        .file("../x", "")
                        .file("/a.yaml", "a: &a [*a]")
                        .bytes();
            default -> new byte[] {0x1f, (byte) 0x8b, 8, 0};
        };
    }

    private static void step(Tenant tenant, RandomValues values) {
        switch (values.below(10)) {
            case 0, 1, 2 -> tenant.generator(values.name("gen"), spec(values));
            case 3, 4 -> tenant.source(values.kind(), values.name("source"), artifact(tenant, values));
            case 5 -> externalArtifact(tenant, values);
            case 6 -> tenant.status(ResourceKind.ARTIFACT_GENERATOR, values.name("gen"), generatorStatus(values));
            case 7 -> tenant.status(values.kind(), values.name("source"), Map.of("conditions", conditions(values)));
            case 8 -> tenant.requestReconciliation(values.name("gen"));
            default -> delete(tenant, values);
        }
    }

    private static void delete(Tenant tenant, RandomValues values) {
        ResourceKind kind = values.chance(50) ? ResourceKind.ARTIFACT_GENERATOR : values.kind();
        tenant.delete(kind, values.name(kind == ResourceKind.ARTIFACT_GENERATOR ? "gen" : "source"));
    }

    private static GeneratorSpec spec(RandomValues values) {
        GeneratorSpec spec = GeneratorSpec.from();
        for (int i = 0; i <= values.below(3); i++) {
            spec.source("s" + i, values.kind(), values.name("source"));
            if (values.chance(30)) {
                spec.in(values.namespace());
            }
        }
        for (int i = 0; i <= values.below(4); i++) {
            spec.artifact(values.chance(70) ? values.name("source") : "out-{dir}", copies(values));
        }
        if (values.chance(20)) {
            spec.with("pathPattern", "@s0/{dir}");
        }
        if (values.chance(30)) {
            spec.with("commonMetadata", Map.of("labels", values.labels(), "annotations", Map.of("a", values.text())));
        }
        return spec;
    }

    private static List<Map<String, Object>> copies(RandomValues values) {
        List<Map<String, Object>> copies = new ArrayList<>();
        for (int i = 0; i <= values.below(5); i++) {
            Map<String, Object> copy = values.chance(30)
                    ? GeneratorSpec.copy(
                            values.from(), values.to(), values.one(List.of("Merge", "Extract", "Overwrite")))
                    : GeneratorSpec.copy(values.from(), values.to());
            if (values.chance(20)) {
                copy.put("exclude", List.of(values.text(), "**/*.md"));
            }
            copy.put("optional", values.chance(50));
            copies.add(copy);
        }
        return copies;
    }

    private static Map<String, Object> artifact(Tenant tenant, RandomValues values) {
        int offered = values.below(4);
        Map<String, Object> artifact = values.chance(60)
                ? SourceObjects.artifact(
                        "http://%s/gitrepository/%s/%d.tar.gz"
                                .formatted(tenant.host().address(), tenant.namespace(), offered),
                        FluxDigest.of(archive(offered)),
                        values.text())
                : SourceObjects.artifact(values.url(), values.digest(), values.text());
        if (values.chance(40)) {
            artifact.put("lastUpdateTime", values.time());
        }
        if (values.chance(20)) {
            artifact.put("path", values.text());
        }
        if (values.chance(20)) {
            artifact.put("size", values.one(List.of(-1L, 0L, Long.MAX_VALUE)));
        }
        if (values.chance(20)) {
            artifact.put("metadata", Map.of(values.name("m"), values.text()));
        }
        return artifact;
    }

    private static void externalArtifact(Tenant tenant, RandomValues values) {
        String name = values.name("source");
        Map<String, Object> reference =
                new LinkedHashMap<>(Map.of("kind", "ArtifactGenerator", "name", values.name("gen")));
        reference.put("namespace", values.namespace());
        tenant.apply(
                ResourceKind.EXTERNAL_ARTIFACT,
                name,
                Map.of("metadata", Map.of("labels", values.labels()), "spec", Map.of("sourceRef", reference)));
        tenant.status(
                ResourceKind.EXTERNAL_ARTIFACT,
                name,
                Map.of("artifact", artifact(tenant, values), "conditions", conditions(values)));
    }

    private static Map<String, Object> generatorStatus(RandomValues values) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("conditions", conditions(values));
        status.put("observedSourcesDigest", values.text());
        List<Map<String, String>> inventory = new ArrayList<>();
        for (int i = 0; i < values.below(5); i++) {
            inventory.add(Map.of(
                    "name", values.chance(50) ? values.name("source") : values.text(),
                    "namespace", values.namespace(),
                    "digest", values.digest(),
                    "filename", values.text()));
        }
        status.put("inventory", inventory);
        return status;
    }

    private static List<Map<String, Object>> conditions(RandomValues values) {
        return List.of(Map.of(
                "type", values.one(List.of("Ready", "Reconciling", "Stalled")),
                "status", values.one(List.of("True", "False", "Unknown")),
                "reason", "Random",
                "message", values.text().isEmpty() ? "" : "m",
                "observedGeneration", values.below(3),
                "lastTransitionTime", values.time()));
    }
}

package dev.sluice.hostile.cases;

import com.google.gson.JsonObject;
import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.FluxDigest;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.SourceObjects;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import dev.sluice.hostile.harness.Victim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Forged statuses, labels and owner references. */
final class StatusCases {

    private static final String GENERATOR_LABEL = "source.extensions.fluxcd.io/generator";
    private static final String WRONG = "sha256:" + "0".repeat(64);

    private StatusCases() {}

    static List<HostileCase> all() {
        return List.of(
                forged("an inventory that names the victim's files", StatusCases::victimsFiles),
                forged("an inventory with paths outside the volume", StatusCases::paths),
                forged("an inventory of ten thousand entries", StatusCases::largeInventory),
                forged("an ExternalArtifact with the label of the victim's generator", StatusCases::victimsLabel)
                        .withFinalCheck(StatusCases::brokenFiles),
                forged(
                        "the tenant's ExternalArtifacts with statuses that name the victim's files",
                        StatusCases::victimsPath),
                forged("deletion of a generator that claims the victim's files", StatusCases::claimAndDelete),
                forged("owner references to the victim's generator", StatusCases::owners),
                new HostileCase(
                        "digest",
                        "a source with the victim's digest and different content",
                        StatusCases::victimsDigest,
                        ExpectedMessage.none()),
                new HostileCase(
                        "statuses",
                        "an ExternalArtifact created before the generator with the same artifact name",
                        StatusCases::madeBefore,
                        ExpectedMessage.containing(
                                "was not created by an ArtifactGenerator", "choose another artifact")),
                new HostileCase(
                        "statuses",
                        "artifacts in the victim's namespace with the names of the victim's artifacts",
                        StatusCases::victimsNames,
                        ExpectedMessage.containing("it belongs to another ArtifactGenerator")),
                forged("hundreds of ExternalArtifacts with the label of the tenant's generator", StatusCases::ownLabel),
                forged(
                        "a generator that uses the victim's artifact and has a forged status",
                        StatusCases::acrossNamespaces),
                forged("a Ready status of a generator that was never built", StatusCases::neverBuilt),
                new HostileCase(
                        "retention",
                        "an artifact that is replaced after more than a minute",
                        tenant -> tenant.victim().changeQuiet(Duration.ofSeconds(65)),
                        ExpectedMessage.none()));
    }

    /** Pause between rounds of several requests by many tenants; a shorter one would overload the API server. */
    private static Duration pause(Tenant tenant) {
        return Duration.ofMillis(tenant.count(600, 300));
    }

    private static HostileCase forged(String name, Attack attack) {
        return new HostileCase("statuses", name, attack, ExpectedMessage.none());
    }

    private static Map<String, String> entry(String namespace, String name, String file, String digest) {
        return Map.of("namespace", namespace, "name", name, "filename", file, "digest", digest);
    }

    private static String fileOf(JsonObject artifact) {
        String path = artifact.get("path").getAsString();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Map<String, Object> ready() {
        return Map.of(
                "type", "Ready",
                "status", "True",
                "reason", "Succeeded",
                "message", "well",
                "observedGeneration", 1,
                "lastTransitionTime", "2026-01-01T00:00:00Z");
    }

    private static void small(Tenant tenant, String generator) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        tenant.generator(generator, GeneratorSpec.from("app").artifact("own", "@app/**"));
    }

    /**
     * Forges entries for both artifacts of the victim in a loop. The number of entries equals the number of the generator's
     * artifacts: with a different number, the generator builds without comparing them.
     */
    private static void victimsFiles(Tenant tenant) {
        small(tenant, "gen");
        GeneratorSpec four = GeneratorSpec.from("app");
        List.of("a", "b", "c", "d").forEach(name -> four.artifact("of-" + name, "@app/**"));
        tenant.generator("four", four);
        AtomicInteger round = new AtomicInteger();
        tenant.repeat(pause(tenant), () -> {
            List<Map<String, String>> inventory = new ArrayList<>();
            for (String name : List.of(Victim.CHANGING, Victim.QUIET)) {
                tenant.victim().artifact(name).ifPresent(artifact -> {
                    inventory.add(entry(Victim.NAMESPACE, name, fileOf(artifact), WRONG));
                    inventory.add(entry(Victim.NAMESPACE, name, fileOf(artifact), "sha512:" + "0".repeat(128)));
                });
            }
            int one = round.incrementAndGet() % inventory.size();
            tenant.status(ResourceKind.ARTIFACT_GENERATOR, "gen", Map.of("inventory", List.of(inventory.get(one))));
            tenant.requestReconciliation("gen");
            tenant.status(ResourceKind.ARTIFACT_GENERATOR, "four", Map.of("inventory", inventory));
            tenant.requestReconciliation("four");
        });
    }

    private static void paths(Tenant tenant) {
        small(tenant, "gen");
        JsonObject artifact = tenant.victim().artifact(Victim.QUIET).orElseThrow();
        String file = fileOf(artifact);
        List<Map<String, String>> inventory = List.of(
                entry("..", "..", ".sluice-volume", WRONG),
                entry(tenant.namespace(), "..", "..", WRONG),
                entry(tenant.namespace(), "../victim/" + Victim.QUIET, file, WRONG),
                entry(tenant.namespace(), "own", "../../victim/%s/%s".formatted(Victim.QUIET, file), WRONG),
                entry("", "", artifact.get("path").getAsString(), WRONG),
                entry(tenant.namespace() + "/../victim", Victim.QUIET, file, WRONG),
                entry(tenant.namespace(), "own", "\u0000" + file, WRONG),
                entry(tenant.namespace(), "own", file + ".lock", "not a digest"));
        AtomicInteger round = new AtomicInteger();
        tenant.repeat(pause(tenant), () -> {
            int one = round.incrementAndGet() % inventory.size();
            tenant.status(ResourceKind.ARTIFACT_GENERATOR, "gen", Map.of("inventory", List.of(inventory.get(one))));
            tenant.requestReconciliation("gen");
        });
    }

    private static void largeInventory(Tenant tenant) {
        small(tenant, "gen");
        List<Map<String, String>> inventory = IntStream.range(0, tenant.count(3_000, 10_000))
                .mapToObj(i -> entry(tenant.namespace(), "n" + i, "f", WRONG))
                .toList();
        tenant.status(
                ResourceKind.ARTIFACT_GENERATOR, "gen", Map.of("inventory", inventory, "conditions", List.of(ready())));
        tenant.requestReconciliation("gen");
        tenant.delete(ResourceKind.ARTIFACT_GENERATOR, "gen");
    }

    private static void externalArtifact(Tenant tenant, String name, String uid, Map<String, Object> artifact) {
        tenant.apply(
                ResourceKind.EXTERNAL_ARTIFACT,
                name,
                Map.of(
                        "metadata",
                                Map.of(
                                        "labels",
                                        Map.of(GENERATOR_LABEL, uid, "app.kubernetes.io/managed-by", "source-watcher")),
                        "spec",
                                Map.of(
                                        "sourceRef",
                                        Map.of(
                                                "apiVersion", "source.extensions.fluxcd.io/v1beta1",
                                                "kind", "ArtifactGenerator",
                                                "name", "app",
                                                "namespace", Victim.NAMESPACE))));
        tenant.status(
                ResourceKind.EXTERNAL_ARTIFACT, name, Map.of("artifact", artifact, "conditions", List.of(ready())));
    }

    private static Map<String, Object> copyOf(JsonObject artifact) {
        Map<String, Object> copy = SourceObjects.artifact(
                artifact.get("url").getAsString(),
                artifact.get("digest").getAsString(),
                artifact.get("revision").getAsString());
        copy.put("path", artifact.get("path").getAsString());
        return copy;
    }

    private static void victimsLabel(Tenant tenant) {
        String app = tenant.victim().uidOfGenerator("app");
        String quiet = tenant.victim().uidOfGenerator("quiet");
        Map<String, Object> damaged =
                copyOf(tenant.victim().artifact(Victim.QUIET).orElseThrow());
        damaged.put("digest", WRONG);
        externalArtifact(tenant, Victim.CHANGING, app, damaged);
        externalArtifact(tenant, Victim.QUIET, quiet, damaged);
        for (int i = 0; i < tenant.count(25, 200); i++) {
            externalArtifact(tenant, "stray-" + i, app, damaged);
        }
        tenant.repeat(
                pause(tenant),
                () -> tenant.patch(
                        ResourceKind.EXTERNAL_ARTIFACT,
                        "stray-1",
                        Map.of("metadata", Map.of("annotations", Map.of("now", Long.toString(System.nanoTime()))))));
    }

    /** An alert of the chart uses this metric. */
    private static Optional<String> brokenFiles(Tenant tenant) {
        return tenant.environment()
                .metrics("sluice_volume_broken")
                .filter(value -> value > 0)
                .map(value -> "%s files of the volume count as broken because of a tenant's objects".formatted(value));
    }

    private static void madeBefore(Tenant tenant) {
        Map<String, Object> artifact =
                copyOf(tenant.victim().artifact(Victim.QUIET).orElseThrow());
        tenant.apply(
                ResourceKind.EXTERNAL_ARTIFACT,
                "own",
                Map.of("spec", SourceObjects.spec(ResourceKind.EXTERNAL_ARTIFACT)));
        tenant.status(
                ResourceKind.EXTERNAL_ARTIFACT, "own", Map.of("artifact", artifact, "conditions", List.of(ready())));
        small(tenant, "gen");
    }

    /** Without a service account, the controller's own permissions allow this; only the owner of the objects prevents it. */
    private static void victimsNames(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        List<Map<String, Object>> artifacts = Stream.of(Victim.QUIET, Victim.CHANGING)
                .map(name -> Map.<String, Object>of(
                        "name",
                        name,
                        "namespace",
                        Victim.NAMESPACE,
                        "copy",
                        List.of(Map.of("from", "@app/**", "to", "@artifact/"))))
                .toList();
        Map<String, Object> source = Map.of("alias", "app", "kind", ResourceKind.GIT_REPOSITORY.text(), "name", "app");
        tenant.apply(
                ResourceKind.ARTIFACT_GENERATOR,
                "gen",
                Map.of("spec", Map.of("sources", List.of(source), "artifacts", artifacts)));
        tenant.repeat(pause(tenant), () -> tenant.requestReconciliation("gen"));
    }

    /** The generator deletes them one by one; a finalizer keeps one of them. */
    private static void ownLabel(Tenant tenant) {
        small(tenant, "gen");
        Map<String, Object> artifact =
                copyOf(tenant.victim().artifact(Victim.QUIET).orElseThrow());
        String uid = uidOf(tenant, "gen");
        for (int i = 0; i < tenant.count(25, 500); i++) {
            externalArtifact(tenant, "stray-" + i, uid, artifact);
        }
        tenant.patch(
                ResourceKind.EXTERNAL_ARTIFACT,
                "stray-1",
                Map.of("metadata", Map.of("finalizers", List.of("example.com/never"))));
        tenant.repeat(pause(tenant), () -> {
            externalArtifact(tenant, "again", uid, artifact);
            tenant.requestReconciliation("gen");
        });
    }

    private static void victimsPath(Tenant tenant) {
        small(tenant, "gen");
        tenant.repeat(pause(tenant), () -> {
            String uid = uidOf(tenant, "gen");
            if (!uid.isEmpty()) {
                Map<String, Object> artifact =
                        copyOf(tenant.victim().artifact(Victim.CHANGING).orElseThrow());
                externalArtifact(tenant, "own", uid, artifact);
                artifact.put("digest", WRONG);
                externalArtifact(tenant, "other", uid, artifact);
                tenant.requestReconciliation("gen");
            }
        });
    }

    private static String uidOf(Tenant tenant, String generator) {
        JsonObject metadata =
                tenant.read(ResourceKind.ARTIFACT_GENERATOR, generator).getAsJsonObject("metadata");
        return metadata == null ? "" : metadata.get("uid").getAsString();
    }

    private static void claimAndDelete(Tenant tenant) {
        tenant.repeat(pause(tenant), () -> {
            small(tenant, "gen");
            String uid = uidOf(tenant, "gen");
            JsonObject victims = tenant.victim().artifact(Victim.QUIET).orElseThrow();
            externalArtifact(tenant, "claim", uid, copyOf(victims));
            tenant.status(
                    ResourceKind.ARTIFACT_GENERATOR,
                    "gen",
                    Map.of(
                            "inventory",
                            List.of(
                                    entry(
                                            Victim.NAMESPACE,
                                            Victim.QUIET,
                                            fileOf(victims),
                                            victims.get("digest").getAsString()),
                                    entry(
                                            tenant.namespace(),
                                            "claim",
                                            fileOf(victims),
                                            victims.get("digest").getAsString()))));
            tenant.delete(ResourceKind.ARTIFACT_GENERATOR, "gen");
        });
    }

    private static void owners(Tenant tenant) {
        String uid = tenant.victim().uidOfGenerator("app");
        Map<String, Object> owner = Map.of(
                "apiVersion",
                "source.extensions.fluxcd.io/v1beta1",
                "kind",
                "ArtifactGenerator",
                "name",
                "app",
                "uid",
                uid,
                "controller",
                true,
                "blockOwnerDeletion",
                true);
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        for (int i = 0; i < 20; i++) {
            GeneratorSpec spec =
                    GeneratorSpec.from("app").artifact(i % 2 == 0 ? Victim.CHANGING : "own-" + i, "@app/**");
            spec.with("commonMetadata", Map.of("labels", Map.of(GENERATOR_LABEL, uid)));
            tenant.generator("app-" + i, spec);
            tenant.patch(
                    ResourceKind.ARTIFACT_GENERATOR,
                    "app-" + i,
                    Map.of("metadata", Map.of("ownerReferences", List.of(owner))));
            tenant.patch(
                    ResourceKind.EXTERNAL_ARTIFACT,
                    "own-" + i,
                    Map.of("metadata", Map.of("ownerReferences", List.of(owner))));
        }
    }

    /** The digest is known before the victim fetches it, as with a public repository. */
    private static void victimsDigest(Tenant tenant) {
        byte[] wrong = TarGzBuilder.of("version.txt", "hostile");
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < tenant.count(2, 3); i++) {
            Victim.Revision next = tenant.victim().prepare();
            String slow = tenant.host()
                    .offer(
                            "/gitrepository/%s/slow%d.tar.gz".formatted(tenant.namespace(), i),
                            HostileResponses.silence(tenant));
            String other =
                    tenant.host().offer("/gitrepository/%s/other%d.tar.gz".formatted(tenant.namespace(), i), wrong);
            tenant.source(ResourceKind.GIT_REPOSITORY, "slow-" + i, SourceObjects.artifact(slow, next.digest(), "r"));
            tenant.source(ResourceKind.GIT_REPOSITORY, "other-" + i, SourceObjects.artifact(other, next.digest(), "r"));
            tenant.generator("slow-" + i, GeneratorSpec.from("slow-" + i).artifact("slow-" + i, "@slow-" + i + "/**"));
            tenant.generator(
                    "other-" + i, GeneratorSpec.from("other-" + i).artifact("other-" + i, "@other-" + i + "/**"));
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000L); // the tenant's fetch must start first
            waits.add(tenant.victim().publish(next));
        }
        Duration median = waits.stream().sorted().toList().get(waits.size() / 2);
        if (median.toSeconds() >= 10) {
            throw new AssertionError("the victim's revisions took " + waits + " while a tenant claimed their digests");
        }
    }

    private static void acrossNamespaces(Tenant tenant) {
        GeneratorSpec spec = GeneratorSpec.from()
                .source("app", ResourceKind.EXTERNAL_ARTIFACT, Victim.CHANGING)
                .in(Victim.NAMESPACE);
        tenant.generator("uses", spec.artifact("taken", "@app/**"));
        JsonObject victims = tenant.victim().artifact(Victim.CHANGING).orElseThrow();
        String url = victims.get("url").getAsString();
        tenant.source(ResourceKind.GIT_REPOSITORY, "wrong", SourceObjects.artifact(url, WRONG, "r"));
        tenant.source(
                ResourceKind.GIT_REPOSITORY,
                "right",
                SourceObjects.artifact(url, victims.get("digest").getAsString(), "r"));
        tenant.generator("wrong", GeneratorSpec.from("wrong").artifact("wrong", "@wrong/**"));
        tenant.generator("right", GeneratorSpec.from("right").artifact("right", "@right/**"));
        tenant.repeat(
                pause(tenant),
                () -> tenant.status(
                        ResourceKind.ARTIFACT_GENERATOR,
                        "uses",
                        Map.of("observedSourcesDigest", FluxDigest.of(new byte[0]), "conditions", List.of(ready()))));
    }

    private static void neverBuilt(Tenant tenant) {
        small(tenant, "gen");
        tenant.repeat(
                pause(tenant),
                () -> tenant.status(
                        ResourceKind.ARTIFACT_GENERATOR,
                        "gen",
                        Map.of(
                                "conditions", List.of(ready()),
                                "inventory", List.of(),
                                "lastHandledReconcileAt", "never")));
    }
}

package dev.sluice.hostile.cases;

import com.google.gson.JsonObject;
import dev.sluice.hostile.arena.Attack;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Kind;
import dev.sluice.hostile.arena.Sha256;
import dev.sluice.hostile.arena.Sources;
import dev.sluice.hostile.arena.Spec;
import dev.sluice.hostile.arena.TarBytes;
import dev.sluice.hostile.arena.Tenant;
import dev.sluice.hostile.arena.Told;
import dev.sluice.hostile.arena.Victim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Statuses, labels and owners that say what is not so. */
final class StatusCases {

    private static final String GENERATOR_LABEL = "source.extensions.fluxcd.io/generator";
    private static final String WRONG = "sha256:" + "0".repeat(64);

    /** Several requests a round, of many tenants at the same time: faster, it would be a trial of the API server. */
    private static final Duration ROUND = Duration.ofMillis(300);

    private StatusCases() {}

    static List<HostileCase> all() {
        return List.of(
                forged("an inventory that names the victim's files", StatusCases::victimsFiles),
                forged("an inventory with paths out of the volume", StatusCases::paths),
                forged("an inventory of ten thousand entries", StatusCases::largeInventory),
                forged("an ExternalArtifact with the label of a victim's generator", StatusCases::victimsLabel)
                        .after(StatusCases::brokenFiles),
                forged("own ExternalArtifacts whose status names the victim's files", StatusCases::victimsPath),
                forged("deletion of a generator that claims the victim's files", StatusCases::claimAndDelete),
                forged("owner references to the victim's generator", StatusCases::owners),
                new HostileCase(
                        "digest",
                        "a source with the victim's digest and other bytes",
                        StatusCases::victimsDigest,
                        Told.nothing()),
                new HostileCase(
                        "statuses",
                        "an ExternalArtifact that was there before the generator of its name",
                        StatusCases::madeBefore,
                        Told.that("was not created by an ArtifactGenerator", "choose another artifact")),
                forged("hundreds of ExternalArtifacts with the label of an own generator", StatusCases::ownLabel),
                forged(
                        "a generator that uses the victim's artifact and forges what it saw",
                        StatusCases::acrossNamespaces),
                forged("a status that says Ready of what was never built", StatusCases::neverBuilt),
                new HostileCase(
                        "retention",
                        "an artifact that is replaced after more than a minute",
                        tenant -> tenant.victim().changeQuiet(Duration.ofSeconds(65)),
                        Told.nothing()));
    }

    private static HostileCase forged(String name, Attack attack) {
        return new HostileCase("statuses", name, attack, Told.nothing());
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
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        tenant.generator(generator, Spec.from("app").artifact("own", "@app/**"));
    }

    /**
     * For both artifacts of the victim, again and again, since the tenant can. A generator takes as many entries as it has
     * artifacts: with another number it builds, and compares nothing.
     */
    private static void victimsFiles(Tenant tenant) {
        small(tenant, "gen");
        Spec four = Spec.from("app");
        List.of("a", "b", "c", "d").forEach(name -> four.artifact("of-" + name, "@app/**"));
        tenant.generator("four", four);
        AtomicInteger round = new AtomicInteger();
        tenant.again(ROUND, () -> {
            List<Map<String, String>> inventory = new ArrayList<>();
            for (String name : List.of(Victim.CHANGING, Victim.QUIET)) {
                tenant.victim().artifact(name).ifPresent(artifact -> {
                    inventory.add(entry(Victim.NAMESPACE, name, fileOf(artifact), WRONG));
                    inventory.add(entry(Victim.NAMESPACE, name, fileOf(artifact), "sha512:" + "0".repeat(128)));
                });
            }
            int one = round.incrementAndGet() % inventory.size();
            tenant.status(Kind.ARTIFACT_GENERATOR, "gen", Map.of("inventory", List.of(inventory.get(one))));
            tenant.requestReconciliation("gen");
            tenant.status(Kind.ARTIFACT_GENERATOR, "four", Map.of("inventory", inventory));
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
        tenant.again(ROUND, () -> {
            int one = round.incrementAndGet() % inventory.size();
            tenant.status(Kind.ARTIFACT_GENERATOR, "gen", Map.of("inventory", List.of(inventory.get(one))));
            tenant.requestReconciliation("gen");
        });
    }

    private static void largeInventory(Tenant tenant) {
        small(tenant, "gen");
        List<Map<String, String>> inventory = IntStream.range(0, tenant.howMany(3_000, 10_000))
                .mapToObj(i -> entry(tenant.namespace(), "n" + i, "f", WRONG))
                .toList();
        tenant.status(Kind.ARTIFACT_GENERATOR, "gen", Map.of("inventory", inventory, "conditions", List.of(ready())));
        tenant.requestReconciliation("gen");
        tenant.delete(Kind.ARTIFACT_GENERATOR, "gen");
    }

    private static void externalArtifact(Tenant tenant, String name, String uid, Map<String, Object> artifact) {
        tenant.apply(
                Kind.EXTERNAL_ARTIFACT,
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
        tenant.status(Kind.EXTERNAL_ARTIFACT, name, Map.of("artifact", artifact, "conditions", List.of(ready())));
    }

    private static Map<String, Object> copyOf(JsonObject artifact) {
        Map<String, Object> copy = Sources.artifact(
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
        for (int i = 0; i < tenant.howMany(40, 200); i++) {
            externalArtifact(tenant, "stray-" + i, app, damaged);
        }
        tenant.again(
                ROUND,
                () -> tenant.patch(
                        Kind.EXTERNAL_ARTIFACT,
                        "stray-1",
                        Map.of("metadata", Map.of("annotations", Map.of("now", Long.toString(System.nanoTime()))))));
    }

    /** An alert of the chart looks at this metric. */
    private static Optional<String> brokenFiles(Tenant tenant) {
        return tenant.arena()
                .metrics("sluice_volume_broken")
                .filter(value -> value > 0)
                .map(value -> "%s files of the volume count as broken, of a stranger's objects".formatted(value));
    }

    private static void madeBefore(Tenant tenant) {
        Map<String, Object> artifact =
                copyOf(tenant.victim().artifact(Victim.QUIET).orElseThrow());
        tenant.apply(Kind.EXTERNAL_ARTIFACT, "own", Map.of("spec", Sources.spec(Kind.EXTERNAL_ARTIFACT)));
        tenant.status(Kind.EXTERNAL_ARTIFACT, "own", Map.of("artifact", artifact, "conditions", List.of(ready())));
        small(tenant, "gen");
    }

    /** The generator removes them one by one, some of them never. */
    private static void ownLabel(Tenant tenant) {
        small(tenant, "gen");
        Map<String, Object> artifact =
                copyOf(tenant.victim().artifact(Victim.QUIET).orElseThrow());
        String uid = uidOf(tenant, "gen");
        for (int i = 0; i < tenant.howMany(40, 500); i++) {
            externalArtifact(tenant, "stray-" + i, uid, artifact);
        }
        tenant.patch(
                Kind.EXTERNAL_ARTIFACT,
                "stray-1",
                Map.of("metadata", Map.of("finalizers", List.of("example.com/never"))));
        tenant.again(ROUND, () -> {
            externalArtifact(tenant, "again", uid, artifact);
            tenant.requestReconciliation("gen");
        });
    }

    private static void victimsPath(Tenant tenant) {
        small(tenant, "gen");
        tenant.again(ROUND, () -> {
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
        JsonObject metadata = tenant.read(Kind.ARTIFACT_GENERATOR, generator).getAsJsonObject("metadata");
        return metadata == null ? "" : metadata.get("uid").getAsString();
    }

    private static void claimAndDelete(Tenant tenant) {
        tenant.again(ROUND, () -> {
            small(tenant, "gen");
            String uid = uidOf(tenant, "gen");
            JsonObject victims = tenant.victim().artifact(Victim.QUIET).orElseThrow();
            externalArtifact(tenant, "claim", uid, copyOf(victims));
            tenant.status(
                    Kind.ARTIFACT_GENERATOR,
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
            tenant.delete(Kind.ARTIFACT_GENERATOR, "gen");
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
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        for (int i = 0; i < 20; i++) {
            Spec spec = Spec.from("app").artifact(i % 2 == 0 ? Victim.CHANGING : "own-" + i, "@app/**");
            spec.with("commonMetadata", Map.of("labels", Map.of(GENERATOR_LABEL, uid)));
            tenant.generator("app-" + i, spec);
            tenant.patch(
                    Kind.ARTIFACT_GENERATOR, "app-" + i, Map.of("metadata", Map.of("ownerReferences", List.of(owner))));
            tenant.patch(
                    Kind.EXTERNAL_ARTIFACT, "own-" + i, Map.of("metadata", Map.of("ownerReferences", List.of(owner))));
        }
    }

    /** Known before the victim fetches it, as that of a public repository is; and nothing comes. */
    private static void victimsDigest(Tenant tenant) {
        byte[] wrong = TarBytes.of("version.txt", "hostile");
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Victim.Revision next = tenant.victim().prepare();
            String slow = tenant.host()
                    .offer("/gitrepository/%s/slow%d.tar.gz".formatted(tenant.namespace(), i), Answers.silence(tenant));
            String other =
                    tenant.host().offer("/gitrepository/%s/other%d.tar.gz".formatted(tenant.namespace(), i), wrong);
            tenant.source(Kind.GIT_REPOSITORY, "slow-" + i, Sources.artifact(slow, next.digest(), "r"));
            tenant.source(Kind.GIT_REPOSITORY, "other-" + i, Sources.artifact(other, next.digest(), "r"));
            tenant.generator("slow-" + i, Spec.from("slow-" + i).artifact("slow-" + i, "@slow-" + i + "/**"));
            tenant.generator("other-" + i, Spec.from("other-" + i).artifact("other-" + i, "@other-" + i + "/**"));
            java.util.concurrent.locks.LockSupport.parkNanos(500_000_000L); // it is the tenant that must be first
            waits.add(tenant.victim().publish(next));
        }
        Duration median = waits.stream().sorted().toList().get(waits.size() / 2);
        if (median.toSeconds() >= 10) {
            throw new AssertionError("the victim waited " + waits + " for bytes whose digest the tenant knew");
        }
    }

    private static void acrossNamespaces(Tenant tenant) {
        Spec spec = Spec.from()
                .source("app", Kind.EXTERNAL_ARTIFACT, Victim.CHANGING)
                .in(Victim.NAMESPACE);
        tenant.generator("uses", spec.artifact("taken", "@app/**"));
        JsonObject victims = tenant.victim().artifact(Victim.CHANGING).orElseThrow();
        String url = victims.get("url").getAsString();
        tenant.source(Kind.GIT_REPOSITORY, "wrong", Sources.artifact(url, WRONG, "r"));
        tenant.source(
                Kind.GIT_REPOSITORY,
                "right",
                Sources.artifact(url, victims.get("digest").getAsString(), "r"));
        tenant.generator("wrong", Spec.from("wrong").artifact("wrong", "@wrong/**"));
        tenant.generator("right", Spec.from("right").artifact("right", "@right/**"));
        tenant.again(
                ROUND,
                () -> tenant.status(
                        Kind.ARTIFACT_GENERATOR,
                        "uses",
                        Map.of("observedSourcesDigest", Sha256.of(new byte[0]), "conditions", List.of(ready()))));
    }

    private static void neverBuilt(Tenant tenant) {
        small(tenant, "gen");
        tenant.again(
                ROUND,
                () -> tenant.status(
                        Kind.ARTIFACT_GENERATOR,
                        "gen",
                        Map.of(
                                "conditions", List.of(ready()),
                                "inventory", List.of(),
                                "lastHandledReconcileAt", "never")));
    }
}

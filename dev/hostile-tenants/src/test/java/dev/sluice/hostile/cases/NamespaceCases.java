package dev.sluice.hostile.cases;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Generators of a tenant whose account may manage namespaces. */
final class NamespaceCases {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Several tenants wait at the same time, and reading is not their attack. */
    private static final Duration POLL = Duration.ofMillis(400);

    private static final String PREFIX = "source.extensions.fluxcd.io/";
    private static final List<String> SYSTEM = List.of("kube-system", "kube-public", "default", "flux-system");

    /** Two names that no message may tell, because either of the two generators may come first. */
    private static final List<String> RIVALS = List.of("hidden-rival-a", "hidden-rival-b");

    private static final String METADATA = """
            metadata:
              annotations:
                contact: a@example.com
                source.extensions.fluxcd.io/reconcile: Disabled
                source.extensions.fluxcd.io/prune: Disabled
                source.extensions.fluxcd.io/externalFinalizer: /v1/ConfigMap/default/x/uid
                sluice.dev/adopted-by: uid
              labels:
                source.extensions.fluxcd.io/generator: uid
                source.extensions.fluxcd.io/ssa: Ignore
                pod-security.kubernetes.io/enforce: privileged
                app.kubernetes.io/part-of: flux
            """;

    private NamespaceCases() {}

    static List<HostileCase> all() {
        return List.of(
                namespaces(
                                "directories with the names of system namespaces",
                                NamespaceCases::systemNames,
                                ExpectedMessage.containing("kube-system", "is never managed"))
                        .withFinalCheck(NamespaceCases::changedSystem),
                namespaces(
                                "a metadata file that sets control annotations and reserved labels",
                                NamespaceCases::controlAnnotations,
                                ExpectedMessage.none())
                        .withFinalCheck(NamespaceCases::foundControls),
                namespaces(
                        "a metadata file with aliases of aliases of aliases",
                        tenant -> managed(tenant, YamlCases.laughs()),
                        ExpectedMessage.containing("namespace reconciliation failed", "use fewer")
                                .or("--merge-max-yaml-bytes")),
                namespaces(
                        "two generators that manage the same namespace",
                        NamespaceCases::rivals,
                        ExpectedMessage.containing("is managed by another ArtifactGenerator")
                                .forbidding(RIVALS.toArray(String[]::new))),
                namespaces(
                                "a renamed directory, which would delete every namespace",
                                NamespaceCases::rename,
                                ExpectedMessage.containing("no longer targeted", "none is deleted without"))
                        .withFinalCheck(NamespaceCases::deletedByRename),
                namespaces(
                                "an inventory that names a released namespace",
                                NamespaceCases::claimReleased,
                                ExpectedMessage.none())
                        .withFinalCheck(NamespaceCases::deletedReleased));
    }

    private static HostileCase namespaces(String name, Attack attack, ExpectedMessage expected) {
        return new HostileCase("namespaces", name, attack, expected);
    }

    private static void systemNames(Tenant tenant) {
        source(tenant, SYSTEM.toArray(String[]::new));
        tenant.generator("system", spec(tenant, "system", "{dir}", Map.of("allowedNames", List.of("true"))));
    }

    private static Optional<String> changedSystem(Tenant tenant) {
        return SYSTEM.stream()
                .map(name -> tenant.environment().namespace(name))
                .filter(namespace -> namespace.toString().contains(PREFIX))
                .map(namespace -> "a system namespace was changed: " + namespace)
                .findFirst();
    }

    private static void controlAnnotations(Tenant tenant) {
        managed(tenant, METADATA);
    }

    /** Manages the namespace NAMESPACE-a with this metadata file. */
    private static void managed(Tenant tenant, String metadata) {
        tenant.source(
                "app",
                TarGzBuilder.create()
                        .file("dirs/a/x.yaml", "x: 1\n")
                        .file("dirs/a/ns.yaml", metadata)
                        .bytes());
        Map<String, Object> fromSource = Map.of(
                "fromSource",
                Map.of("path", "@app/dirs/{dir}/ns.yaml", "allowedAnnotations", Map.of("contact", "true")));
        tenant.generator("managing", spec(tenant, "out", own(tenant, "{dir}"), Map.of("metadata", fromSource)));
    }

    private static Optional<String> foundControls(Tenant tenant) {
        JsonObject namespace = tenant.environment().namespace(own(tenant, "a"));
        String metadata = String.valueOf(namespace.get("metadata"));
        boolean applied = metadata.contains("contact"); // otherwise it is not published yet
        return applied
                        && Stream.of("Disabled", "externalFinalizer", "adopted-by", "privileged", "part-of")
                                .anyMatch(metadata::contains)
                ? Optional.of("a tenant's file controls its namespace: " + metadata)
                : Optional.empty();
    }

    private static void rivals(Tenant tenant) {
        source(tenant, "a");
        for (String name : RIVALS) {
            String artifact = "out" + name.charAt(name.length() - 1);
            tenant.generator(name, spec(tenant, artifact, own(tenant, "{dir}"), Map.of()));
        }
    }

    private static void rename(Tenant tenant) {
        source(tenant, "a", "b");
        tenant.generator("renamed", spec(tenant, "out", own(tenant, "{dir}"), Map.of()));
        awaitStatus(tenant, "renamed", "manages 2 namespace(s)");
        source(tenant, "c", "d");
    }

    private static Optional<String> deletedByRename(Tenant tenant) {
        return tenant.environment().namespace(own(tenant, "a")).toString().contains("deletionTimestamp")
                ? Optional.of("a renamed directory deleted a namespace")
                : Optional.empty();
    }

    /** One generator makes a namespace and releases it; the status of another one says that it has made it. */
    private static void claimReleased(Tenant tenant) {
        source(tenant, "a");
        String released = own(tenant, "a");
        Map<String, Object> labels = Map.of("strategy", "Override", "namespace", "*", "labels", Map.of("team", "a"));
        Map<String, Object> rules = Map.of("prune", false, "metadata", Map.of("from", List.of(labels)));
        tenant.generator("maker", spec(tenant, "made", own(tenant, "{dir}"), rules));
        awaitStatus(tenant, "maker", "manages 1 namespace(s)");
        tenant.generator("maker", GeneratorSpec.from("app").artifact("made", "@app/**"));
        await().atMost(LIMIT)
                .pollInterval(POLL)
                .until(() ->
                        !tenant.environment().namespace(released).toString().contains(PREFIX + "generator"));
        tenant.generator("claimer", GeneratorSpec.from("app").artifact("claimed", "@app/**"));
        awaitStatus(tenant, "claimer", "generated 1 artifact(s)");

        Map<String, String> entry = Map.of("kind", "Namespace", "name", released, "digest", "sha256:" + "0".repeat(64));
        tenant.status(ResourceKind.ARTIFACT_GENERATOR, "claimer", Map.of("inventory", List.of(entry)));
        tenant.generator("claimer", spec(tenant, "claimed", own(tenant, "{dir}"), Map.of()));
        awaitStatus(tenant, "claimer", "manages 1 namespace(s)");
        tenant.delete(ResourceKind.ARTIFACT_GENERATOR, "claimer"); // prunes its namespaces
        await().atMost(LIMIT)
                .pollInterval(POLL)
                .until(() ->
                        tenant.read(ResourceKind.ARTIFACT_GENERATOR, "claimer").isEmpty());
    }

    private static Optional<String> deletedReleased(Tenant tenant) {
        JsonObject released = tenant.environment().namespace(own(tenant, "a"));
        return released.isEmpty() || released.toString().contains("deletionTimestamp")
                ? Optional.of("a forged inventory deleted a namespace: " + released)
                : Optional.empty();
    }

    private static void awaitStatus(Tenant tenant, String generator, String text) {
        await().atMost(LIMIT)
                .pollInterval(POLL)
                .until(() -> String.valueOf(tenant.read(ResourceKind.ARTIFACT_GENERATOR, generator)
                                .get("status"))
                        .contains(text));
    }

    private static String own(Tenant tenant, String suffix) {
        return tenant.namespace() + "-" + suffix;
    }

    private static void source(Tenant tenant, String... directories) {
        TarGzBuilder tar = TarGzBuilder.create();
        for (String directory : directories) {
            tar.file("dirs/" + directory + "/x.yaml", "x: 1\n");
        }
        tenant.source("app", tar.bytes());
    }

    private static GeneratorSpec spec(Tenant tenant, String artifact, String namespace, Map<String, ?> more) {
        Map<String, Object> managed = new LinkedHashMap<>(
                Map.of("prune", true, "allowedNames", List.of("ns.startsWith('%s-')".formatted(tenant.namespace()))));
        managed.putAll(more);
        return GeneratorSpec.from("app")
                .with("serviceAccountName", tenant.namespaceAccount())
                .with("pathPattern", "@app/dirs/{dir}")
                .with("managedNamespaces", managed)
                .artifact(artifact, "@app/dirs/{dir}/**")
                .artifactField("namespace", namespace);
    }
}

package dev.sluice.reconciler.namespaces;

import static dev.sluice.reconciler.namespaces.Namespaces.namespace;
import static dev.sluice.reconciler.namespaces.Namespaces.own;

import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares the log of applied and pruned namespaces with {@code log-lines.txt}. */
class NamespaceLogLinesTest {

    private static final String MANAGER = "source-watcher";
    private static final FieldOwners OWNERS = new FieldOwners(MANAGER, Set.of());
    private static final ProtectedNamespaces PROTECTED = ProtectedNamespaces.of("", "", MANAGER);

    private final FakeApi api = new FakeApi();
    private final ApiRequests client = api.apiRequests();
    private final NamespaceRequests requests = new NamespaceRequests(client, MANAGER);
    private final ArtifactGenerator generator = generator(Namespaces.OWN);

    private static ArtifactGenerator generator(String uid) {
        return Samples.generator("gen", "a")
                .withMetadata(new V1ObjectMeta().name("gen").namespace("apps").uid(uid));
    }

    @Test
    void logsWhatHappensToWantedNamespaces() throws Exception {
        try (GoldenLines lines = lines("DEBUG")) {
            apply(namespace());
            lines.section("a namespace is adopted");
            apply(own().label(Namespaces.GENERATOR, "uid-leaving"));
            lines.section("a namespace is taken over");
            apply(own().control("reconcile", "Disabled"));
            lines.section("a namespace is excluded");
            apply(own().control("ssa", "IfNotPresent"));
            lines.section("a namespace exists, and must not be changed");
            DesiredNamespace desired =
                    new DesiredNamespace("tenant", Map.of(Namespaces.GENERATOR, Namespaces.OWN), Map.of());
            applier().apply(generator, desired, Optional.of(own().state()));
            lines.section("a namespace is up to date");
        }
    }

    @Test
    void logsWhatHappensToOtherNamespaces() throws Exception {
        try (GoldenLines lines = lines("INFO")) {
            prune(own(), true);
            lines.section("a namespace is deleted");
            prune(own(), false);
            lines.section("a namespace is released because the generator does not prune");
            prune(own().control("prune", "Disabled"), true);
            lines.section("a namespace is released because it is protected from deletion");
            prune(own("sluice.dev/adopted-by", Namespaces.OWN), true);
            lines.section("a namespace is released because it existed before");
            prune(own().control("reconcile", "Disabled"), true);
            lines.section("an excluded namespace is left");
            prune(own().control("externalFinalizer", "/v1/ConfigMap/apps/x/uid-of-namespace"), true);
            lines.section("a namespace is left to another object");
            prune(own().control("externalFinalizer", "/v1/ConfigMap/apps/x/uid-other"), true);
            lines.section("the other object has another UID");
            prune(own().control("externalFinalizer", "/v1/Unknown/apps/x/uid"), true);
            lines.section("the other object does not exist");
            prune(own().control("externalFinalizer", "self"), true);
            lines.section("the annotation is malformed");
            api.answer(request -> request.startsWith("DELETE") ? 500 : 200);
            prune(own(), true);
            lines.section("a namespace cannot be deleted");
        }
    }

    private GoldenLines lines(String level) {
        return new GoldenLines(getClass(), "dev.sluice.reconciler.namespaces", level);
    }

    private void apply(Namespaces current) throws Exception {
        answer(current);
        applier().apply(generator, new DesiredNamespace("tenant", Map.of("a", "b"), Map.of()), Optional.empty());
    }

    private NamespaceApplier applier() {
        V1ObjectMeta leaving =
                generator("uid-leaving").metadata().deletionTimestamp(OffsetDateTime.now(ZoneOffset.UTC));
        NamespaceOwners owners =
                new NamespaceOwners(uid -> Optional.of(generator.withMetadata(leaving)), client, MANAGER);
        return new NamespaceApplier(requests, owners, PROTECTED, OWNERS);
    }

    private void prune(Namespaces current, boolean prune) throws Exception {
        answer(current);
        NamespacePruner.DeleteAccess access = new NamespacePruner.DeleteAccess() {

            @Override
            public boolean isUnchanged(ArtifactGenerator by) {
                return true;
            }

            @Override
            public Optional<String> denial(ArtifactGenerator by, String deleted) {
                return Optional.empty();
            }
        };
        new NamespacePruner(requests, PROTECTED, new NamespaceUsers(requests, OWNERS), access, MANAGER)
                .prune(generator, "tenant", prune);
    }

    /** Every answer is the namespace, which is also a list of resources with ConfigMaps, and the message of a failure. */
    private void answer(Namespaces current) {
        api.answerWith(Map.of(
                "message",
                "no quorum",
                "metadata",
                current.metadata().resourceVersion("1"),
                "resources",
                List.of(Map.of("name", "configmaps", "kind", "ConfigMap"))));
    }
}

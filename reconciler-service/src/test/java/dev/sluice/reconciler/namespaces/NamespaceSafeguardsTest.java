package dev.sluice.reconciler.namespaces;

import static dev.sluice.reconciler.namespaces.Namespaces.namespace;
import static dev.sluice.reconciler.namespaces.Namespaces.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceSafeguardsTest {

    private static final FieldOwners OWNERS = new FieldOwners("source-watcher", Set.of("cluster-policy"));

    @ParameterizedTest
    @ValueSource(
            strings = {"default", "flux-system", "kube-system", "kube-public", "kube-x", "sluice", "prod", "infra-dns"})
    void protectsNamespacesByName(String name) {
        ProtectedNamespaces namespaces = ProtectedNamespaces.of("prod, infra-*,", "sluice", "source-watcher");

        assertThat(namespaces.why(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "kube", "production", "infra", "my-kube-system", "sluice-a"})
    void doesNotProtectOtherNames(String name) {
        ProtectedNamespaces namespaces = ProtectedNamespaces.of("prod, infra-*,", "sluice", "source-watcher");

        assertThat(namespaces.why(name)).isEmpty();
    }

    @Test
    void protectsTheNamespacesOfFlux() {
        ProtectedNamespaces namespaces = ProtectedNamespaces.of("", "", "source-watcher");
        Namespaces ofFlux = namespace().label("app.kubernetes.io/part-of", "flux");

        assertThat(namespaces.why(ofFlux.metadata())).isPresent();
        assertThat(namespaces.why(ofFlux.manager(
                                "source-watcher", "Apply", Map.of("labels", List.of("app.kubernetes.io/part-of")))
                        .metadata()))
                .as("a label of the generator protects nothing")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1/Deployment/ns/name/uid, true",
        "/v1/ConfigMap/ns/name/uid, true",
        "fluxcd.controlplane.io/v1/ResourceSet//tenants/uid, true",
        "self, false",
        "'', false",
        "/v1/ConfigMap/ns/name, false",
        "/v1/ConfigMap/ns/name/uid/x, false",
        "apps//Deployment/ns/name/uid, false",
        "apps/v1//ns/name/uid, false",
        "apps/v1/Deployment/ns//uid, false",
        "apps/v1/Deployment/ns/name/, false"
    })
    void parsesTheExternalFinalizer(String value, boolean valid) {
        assertThat(ExternalFinalizer.parse(value).isPresent()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "ns.startsWith('tenant-'), tenant-a, true",
        "ns.startsWith('tenant-'), other, false",
        "true, default, false",
        "true, kube-system, false",
        "true, kube-public, false",
        "true, flux-system, false",
        "true, kube-other, true"
    })
    void allowsNamespacesByExpression(String expression, String name, boolean allowed) throws Exception {
        AllowedNames names = AllowedNames.compile(List.of("false", "int(ns) > 0", expression));

        if (allowed) {
            names.require(name, "apps/gen");
        } else {
            assertThatThrownBy(() -> names.require(name, "apps/gen"))
                    .isInstanceOfSatisfying(
                            NamespaceFailure.class, e -> assertThat(e.isFinal()).isTrue())
                    .hasMessageContaining("namespace \"" + name + "\"")
                    .hasMessageContaining("ArtifactGenerator apps/gen");
        }
    }

    record Overriding(String name, Namespaces namespace, Set<String> labels, Set<String> annotations) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Overriding> overriding() {
        Map<String, List<String>> label = Map.of("labels", List.of("a"));
        String last = "kubectl.kubernetes.io/last-applied-configuration";
        return List.of(
                new Overriding("kubectl edit", own().manager("kubectl-edit", "Update", label), Set.of("a"), Set.of()),
                new Overriding("kubectl server-side", own().manager("kubectl", "Apply", label), Set.of("a"), Set.of()),
                new Overriding(
                        "before-first-apply",
                        own().manager("before-first-apply", "Update", label),
                        Set.of("a"),
                        Set.of()),
                new Overriding(
                        "before-first-apply by apply",
                        own().manager("before-first-apply", "Apply", label),
                        Set.of(),
                        Set.of()),
                new Overriding("override", own().manager("cluster-policy", "Update", label), Set.of("a"), Set.of()),
                new Overriding("exact name", own().manager("cluster-policy2", "Update", label), Set.of(), Set.of()),
                new Overriding("another", own().manager("helm", "Update", label), Set.of(), Set.of()),
                new Overriding(
                        "shared with another",
                        own().manager("kubectl", "Update", label).manager("helm", "Update", label),
                        Set.of(),
                        Set.of()),
                new Overriding(
                        "last applied",
                        own().manager("kubectl-client-side-apply", "Update", Map.of("annotations", List.of(last))),
                        Set.of(),
                        Set.of(last)),
                new Overriding(
                        "control annotations stay",
                        own().manager(
                                        "kubectl-annotate",
                                        "Update",
                                        Map.of("annotations", List.of("source.extensions.fluxcd.io/prune", "b"))),
                        Set.of(),
                        Set.of("b")),
                new Overriding(
                        "control labels stay",
                        own().manager(
                                        "kubectl-label",
                                        "Update",
                                        Map.of("labels", List.of("source.extensions.fluxcd.io/ssa"))),
                        Set.of(),
                        Set.of()));
    }

    @ParameterizedTest
    @MethodSource("overriding")
    void removesWhatOnlyKubectlAndOverriddenManagersOwn(Overriding test) {
        FieldOwners.Overridden overridden = OWNERS.overridden(test.namespace.metadata());

        assertThat(overridden.labels()).isEqualTo(test.labels);
        assertThat(overridden.annotations()).isEqualTo(test.annotations);
    }

    @ParameterizedTest
    @CsvSource({
        "kustomize-controller, Apply, labels, true",
        "kustomize-controller, Update, labels, true",
        "helm, Update, labels, true",
        "argocd-controller, Update, labels, true",
        "any-controller, Apply, labels, true",
        "any-controller, Update, labels, false",
        "flux-operator, Apply, source.extensions.fluxcd.io/externalFinalizer, false",
        "kubectl, Apply, labels, false",
        "kubectl-edit, Update, labels, false",
        "cluster-policy, Apply, labels, false",
        "source-watcher, Apply, labels, false",
        "source-watcher, Update, labels, false"
    })
    void knowsOtherAppliers(String manager, String operation, String key, boolean applier) {
        Namespaces namespace = own().manager(manager, operation, Map.of("annotations", List.of(key)));

        assertThat(OWNERS.otherAppliers(namespace.metadata())).isEqualTo(applier ? List.of(manager) : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "1, 1, false",
        "2, 2, false",
        "1, 2, true",
        "2, 3, true",
        "3, 3, false",
        "2, 4, true",
        "3, 4, false",
        "3, 6, true",
        "4, 6, false",
        "50, 100, true",
        "51, 100, false",
        "100, 100, false"
    })
    void guardsAgainstMassDeletion(int deleted, int managed, boolean allowed) {
        List<String> names = names(deleted);

        assertThat(MassDeletionGuard.objection(names, managed, Optional.empty(), true)
                        .isEmpty())
                .as("a request before the objection was told does not confirm it")
                .isEqualTo(allowed);
    }

    @Test
    void deletesOnlyWhatWasConfirmed() {
        String told = MassDeletionGuard.objection(names(4), 4, Optional.empty(), false)
                .orElseThrow();

        assertThat(told).contains("4 of 4 managed namespaces", "ns-0, ns-1, ns-2, ns-3");
        assertThat(MassDeletionGuard.objection(names(4), 8, Optional.of(told), false))
                .as("new namespaces do not lift the objection")
                .isPresent();
        assertThat(MassDeletionGuard.objection(names(3), 8, Optional.of(told), true))
                .as("a confirmation is for one set")
                .isPresent();
        assertThat(MassDeletionGuard.objection(names(4), 8, Optional.of(told), true))
                .isEmpty();
    }

    @Test
    void shortensALongList() {
        String told = MassDeletionGuard.objection(names(1_000), 1_000, Optional.empty(), false)
                .orElseThrow();

        assertThat(told).contains(" and 950 more").hasSizeLessThan(3_000);
    }

    private static List<String> names(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "ns-" + i)
                .toList();
    }
}

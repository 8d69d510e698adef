package dev.sluice.reconciler.namespaces;

import static dev.sluice.reconciler.namespaces.Namespaces.namespace;
import static dev.sluice.reconciler.namespaces.Namespaces.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.cluster.FakeApi;
import dev.sluice.reconciler.cluster.Samples;
import dev.sluice.reconciler.namespaces.ApplyAction.Owner;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to a namespace, a row for each rule. */
class NamespaceDecisionsTest {

    private static final String PREFIX = "source.extensions.fluxcd.io/";

    record Apply(
            String name,
            Map<String, String> desired,
            @Nullable Namespaces current,
            Owner owner,
            ApplyAction expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Apply> applies() {
        return List.of(
                new Apply("missing", Map.of(), null, Owner.NONE, ApplyAction.CREATE),
                new Apply("own", Map.of(), own(), Owner.SELF, ApplyAction.UPDATE),
                new Apply("unmanaged", Map.of(), namespace(), Owner.NONE, ApplyAction.ADOPT),
                new Apply("of a deleted generator", Map.of(), namespace(), Owner.GONE, ApplyAction.ADOPT),
                new Apply("of a leaving generator", Map.of(), namespace(), Owner.LEAVING, ApplyAction.TAKE_OVER),
                new Apply("of another generator", Map.of(), namespace(), Owner.OTHER, ApplyAction.REFUSE),
                new Apply("terminating", Map.of(), own().terminating(), Owner.SELF, ApplyAction.WAIT),
                leaves("desired Disabled, missing", Map.of("reconcile", "Disabled"), null),
                leaves("desired Disabled in another case", Map.of("reconcile", "dIsabled"), own()),
                leaves("desired Ignore, missing", Map.of("ssa", "Ignore"), null),
                leaves("desired IfNotPresent, existing", Map.of("ssa", "IfNotPresent"), namespace()),
                new Apply(
                        "desired IfNotPresent, missing",
                        Map.of("ssa", "IfNotPresent"),
                        null,
                        Owner.NONE,
                        ApplyAction.CREATE),
                new Apply("desired Merge", Map.of("ssa", "Merge"), own(), Owner.SELF, ApplyAction.UPDATE),
                new Apply("unknown value", Map.of("ssa", "Never"), own(), Owner.SELF, ApplyAction.UPDATE),
                leaves("current Disabled", Map.of(), namespace().control("reconcile", "disabled")),
                leaves("current Ignore", Map.of(), namespace().control("ssa", "ignore")),
                leaves("current IfNotPresent", Map.of(), own().control("ssa", "IfNotPresent")),
                leaves("current label", Map.of(), own().label(PREFIX + "ssa", "IfNotPresent")),
                new Apply("current Merge", Map.of(), own().control("ssa", "Merge"), Owner.SELF, ApplyAction.UPDATE),
                new Apply(
                        "current Enabled",
                        Map.of(),
                        own().control("reconcile", "Enabled"),
                        Owner.SELF,
                        ApplyAction.UPDATE));
    }

    private static Apply leaves(String name, Map<String, String> desired, @Nullable Namespaces current) {
        return new Apply(name, desired, current, Owner.OTHER, ApplyAction.LEAVE);
    }

    @ParameterizedTest
    @MethodSource("applies")
    void decidesHowToApply(Apply test) {
        Map<String, String> annotations = new LinkedHashMap<>();
        test.desired.forEach((key, value) -> annotations.put(PREFIX + key, value));

        ApplyAction action = ApplyAction.of(
                new DesiredNamespace("tenant", Map.of(), annotations),
                Optional.ofNullable(test.current).map(Namespaces::state),
                test.owner);

        assertThat(action).isEqualTo(test.expected);
    }

    record Owned(String name, Namespaces namespace, Owner expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The generator lists the namespace in its inventory, as a tenant could write it. */
    static List<Owned> owned() {
        String created = Namespaces.CREATED_BY;
        return List.of(
                new Owned("listed only", namespace(), Owner.NONE),
                new Owned(
                        "released",
                        namespace().manager("source-watcher", "Apply", Map.of("labels", List.of("team"))),
                        Owner.NONE),
                new Owned("label", own(), Owner.SELF),
                new Owned("copied label", namespace().label(Namespaces.GENERATOR, Namespaces.OWN), Owner.NONE),
                new Owned("created, label removed", own(created, Namespaces.OWN).withoutLabel(), Owner.SELF),
                new Owned(
                        "adopted, label removed",
                        own(Namespaces.ADOPTED_BY, Namespaces.OWN).withoutLabel(),
                        Owner.SELF),
                new Owned("copied annotation", namespace().annotation(created, Namespaces.OWN), Owner.NONE),
                new Owned("label and annotation removed", own().withoutLabel(), Owner.NONE),
                new Owned(
                        "created by a living one, label removed",
                        own(created, "living").withoutLabel(),
                        Owner.OTHER),
                new Owned(
                        "created by a living one, label copied over",
                        own(created, "living").labelOfOthers(Namespaces.OWN),
                        Owner.OTHER),
                new Owned(
                        "created by a leaving one, label removed",
                        own(created, "leaving").withoutLabel(),
                        Owner.LEAVING),
                new Owned(
                        "created by a deleted one, label removed",
                        own(created, "gone").withoutLabel(),
                        Owner.GONE),
                new Owned(
                        "copied label of a living one", namespace().label(Namespaces.GENERATOR, "living"), Owner.OTHER),
                new Owned(
                        "copied label of a leaving one",
                        namespace().label(Namespaces.GENERATOR, "leaving"),
                        Owner.NONE),
                new Owned(
                        "copied label of a deleted one", namespace().label(Namespaces.GENERATOR, "gone"), Owner.NONE));
    }

    @ParameterizedTest
    @MethodSource("owned")
    void believesOnlyWhatTheControllerHasWritten(Owned test) throws Exception {
        FakeApi api = new FakeApi();
        api.answerWith(Map.of("items", List.of()));
        Map<String, ArtifactGenerator> known = Map.of("living", managing("tenant"), "leaving", managing("another"));
        NamespaceOwners owners =
                new NamespaceOwners(uid -> Optional.ofNullable(known.get(uid)), api.apiRequests(), "source-watcher");
        ArtifactGenerator generator = Samples.withInventory(
                Samples.generator("own"), ArtifactInventoryEntry.namespace("tenant", Samples.digest('a')));

        assertThat(owners.ownerOf(test.namespace.state(), generator)).isEqualTo(test.expected);
    }

    private static ArtifactGenerator managing(String namespace) {
        return Samples.generator(
                "other",
                new ArtifactGeneratorSpec(
                        List.of(Samples.git("app")),
                        List.of(Samples.output(namespace, "app")),
                        null,
                        null,
                        null,
                        new ManagedNamespaces(List.of("true"), true, null),
                        List.of()));
    }

    record Prune(
            String name,
            @Nullable Namespaces current,
            boolean isProtected,
            boolean prune,
            boolean isDelegated,
            PruneAction expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Prune> prunes() {
        Namespaces adopted = own().annotation("sluice.dev/adopted-by", "uid-1");
        return List.of(
                prune("own", own(), PruneAction.DELETE),
                prune("missing", null, PruneAction.FORGET),
                prune("terminating", own().terminating(), PruneAction.FORGET),
                prune("unmanaged", namespace(), PruneAction.FORGET),
                prune("of another generator", namespace().label(Namespaces.GENERATOR, "uid-2"), PruneAction.FORGET),
                prune(
                        "with a copied label",
                        namespace().label(Namespaces.GENERATOR, Namespaces.OWN),
                        PruneAction.FORGET),
                new Prune("protected", own(), true, true, false, PruneAction.FORGET),
                new Prune("without prune", own(), false, false, false, PruneAction.RELEASE),
                new Prune("without prune, delegated", own(), false, false, true, PruneAction.RELEASE),
                new Prune(
                        "without prune, excluded",
                        own().control("ssa", "Ignore"),
                        false,
                        false,
                        false,
                        PruneAction.FORGET),
                new Prune("delegated", own(), false, true, true, PruneAction.FORGET),
                new Prune("of another generator, without prune", namespace(), false, false, false, PruneAction.FORGET),
                prune("prune Disabled", own().control("prune", "disabled"), PruneAction.RELEASE),
                prune("prune Disabled as a label", own().label(PREFIX + "prune", "Disabled"), PruneAction.RELEASE),
                prune("prune Enabled", own().control("prune", "Enabled"), PruneAction.DELETE),
                prune("prune unknown", own().control("prune", "maybe"), PruneAction.DELETE),
                prune("reconcile Disabled", own().control("reconcile", "Disabled"), PruneAction.FORGET),
                prune("ssa Ignore", own().control("ssa", "Ignore"), PruneAction.FORGET),
                prune("ssa IfNotPresent", own().control("ssa", "IfNotPresent"), PruneAction.DELETE),
                prune("ssa Merge", own().control("ssa", "Merge"), PruneAction.DELETE),
                prune("created", own(Namespaces.CREATED_BY, Namespaces.OWN), PruneAction.DELETE),
                prune("created by another generator", own(Namespaces.CREATED_BY, "uid-2"), PruneAction.RELEASE),
                prune(
                        "created according to another client",
                        own().annotation(Namespaces.CREATED_BY, Namespaces.OWN),
                        PruneAction.RELEASE),
                prune(
                        "created, label removed",
                        own(Namespaces.CREATED_BY, Namespaces.OWN).withoutLabel(),
                        PruneAction.FORGET),
                prune(
                        "created and adopted",
                        own(Namespaces.CREATED_BY, Namespaces.OWN).annotation(Namespaces.ADOPTED_BY, "uid-2"),
                        PruneAction.RELEASE),
                prune("adopted", adopted, PruneAction.RELEASE),
                prune(
                        "adopted by an earlier generator",
                        own().annotation("sluice.dev/adopted-by", "uid-0"),
                        PruneAction.RELEASE),
                prune(
                        "adopted, prune Enabled",
                        own().annotation("sluice.dev/adopted-by", "uid-1").control("prune", "enabled"),
                        PruneAction.DELETE),
                prune(
                        "adopted, prune Enabled and Disabled",
                        own().annotation("sluice.dev/adopted-by", "uid-1")
                                .control("prune", "Enabled")
                                .label(PREFIX + "prune", "Disabled"),
                        PruneAction.RELEASE));
    }

    private static Prune prune(String name, @Nullable Namespaces current, PruneAction expected) {
        return new Prune(name, current, false, true, false, expected);
    }

    @ParameterizedTest
    @MethodSource("prunes")
    void decidesHowToPrune(Prune test) {
        Optional<NamespaceState> current = Optional.ofNullable(test.current).map(Namespaces::state);
        PruneAction action = PruneAction.of(
                current,
                current.filter(state -> state.isManagedBy(Namespaces.OWN, "source-watcher"))
                        .map(state -> NamespaceOrigin.of(state, Namespaces.OWN, "source-watcher")),
                test.isProtected,
                test.prune,
                test.isDelegated);

        assertThat(action).isEqualTo(test.expected);
    }
}

package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.GeneratorLabels;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run would do with namespaces, computed without writing anything. For one run. */
public final class NamespacePreview {

    private static final String FIELD_MANAGER = GeneratorLabels.MANAGED_BY_VALUE;

    private final ArtifactGenerator generator;
    private final Optional<NamespaceRules> rules;
    private final NamespaceFiles files;
    private final ProtectedNamespaces protectedNamespaces = ProtectedNamespaces.of("", "", FIELD_MANAGER);
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    private NamespacePreview(ArtifactGenerator generator, Optional<NamespaceRules> rules, NamespaceFiles files) {
        this.generator = generator;
        this.rules = rules;
        this.files = files;
    }

    /**
     * A namespace that the generator wants.
     *
     * @param error why it would fail, or null
     */
    public record Wanted(
            String name,
            Map<String, String> labels,
            Map<String, String> annotations,
            @Nullable String error) {}

    /** What would happen to a namespace. */
    public enum Verdict {
        CREATED,
        CHANGED,
        UNCHANGED,
        /** It exists, and no generator manages it. */
        ADOPTED,
        LEFT,
        /** Another generator manages it. */
        REFUSED,
        PRUNED,
        /** It loses the labels of the generator. */
        RELEASED,
        FAILED
    }

    /**
     * Compiles the rules of a generator.
     *
     * @throws TerminalException if they are invalid
     */
    public static NamespacePreview of(ArtifactGenerator generator, NamespaceFiles files) throws TerminalException {
        return new NamespacePreview(generator, NamespaceRules.compile(generator), files);
    }

    /** Whether the generator deletes namespaces that it does not want any more. */
    public boolean prunes() {
        return rules.filter(NamespaceRules::prune).isPresent();
    }

    /**
     * Adds the namespace of an artifact, unless it was added before or is not managed.
     *
     * @param built the tree of the artifact, before the default filter
     */
    public void add(PlannedArtifact artifact, Supplier<FileTree> built) throws IOException {
        String name = generator.namespaceOf(artifact.artifact());
        if (rules.isEmpty() || name.equals(generator.key().namespace()) || wanted.containsKey(name)) {
            return;
        }
        try {
            rules.get().names().require(name, generator.key().toString());
            Optional<String> protection = protectedNamespaces.why(name);
            if (protection.isPresent()) {
                throw NamespaceFailure.isProtected(name, protection.get());
            }
            DesiredNamespace desired = new NamespaceMetadataPlan(
                            uid(),
                            generator.spec().commonMetadata(),
                            rules.get().operations())
                    .of(name, files.read(rules.get(), artifact, Optional.of(built)));
            wanted.put(name, new Wanted(name, withoutUnknownUid(desired.labels()), desired.annotations(), null));
        } catch (NamespaceFailure e) {
            wanted.put(name, new Wanted(name, Map.of(), Map.of(), e.message()));
        }
    }

    /** Returns the namespaces in the order of their use. */
    public List<Wanted> wanted() {
        return List.copyOf(wanted.values());
    }

    /** What would happen to a wanted namespace that is in this state; empty if it does not exist. */
    public Verdict verdict(Wanted namespace, Optional<V1ObjectMeta> current) {
        if (namespace.error() != null
                || current.flatMap(protectedNamespaces::why).isPresent()) {
            return Verdict.FAILED;
        }
        DesiredNamespace desired = new DesiredNamespace(namespace.name(), namespace.labels(), namespace.annotations());
        Optional<NamespaceState> state = current.map(NamespaceState::new);
        return switch (ApplyAction.of(desired, state, state.map(this::owner).orElse(ApplyAction.Owner.NONE))) {
            case CREATE, WAIT -> Verdict.CREATED;
            case ADOPT, TAKE_OVER -> Verdict.ADOPTED;
            case LEAVE -> Verdict.LEFT;
            case REFUSE -> Verdict.REFUSED;
            case UPDATE -> isSame(desired, state.orElseThrow()) ? Verdict.UNCHANGED : Verdict.CHANGED;
        };
    }

    private ApplyAction.Owner owner(NamespaceState state) {
        String manager = state.managerUid(FIELD_MANAGER);
        String uid = manager.isEmpty() ? state.generatorUid() : manager;
        if (uid.isEmpty()) {
            return ApplyAction.Owner.NONE;
        }
        if (!uid.equals(uid())) {
            return ApplyAction.Owner.OTHER;
        }
        return manager.isEmpty() ? ApplyAction.Owner.NONE : ApplyAction.Owner.SELF;
    }

    private static boolean isSame(DesiredNamespace desired, NamespaceState state) {
        return state.labels().entrySet().containsAll(desired.labels().entrySet())
                && state.annotations()
                        .entrySet()
                        .containsAll(desired.annotations().entrySet());
    }

    /** What would happen to a namespace of the generator that it does not want; empty if it is not the generator's. */
    public Optional<Verdict> verdictUnwanted(V1ObjectMeta current) {
        NamespaceState state = new NamespaceState(current);
        Optional<NamespaceOrigin> origin = !uid().isEmpty() && state.isManagedBy(uid(), FIELD_MANAGER)
                ? Optional.of(NamespaceOrigin.of(state, uid(), FIELD_MANAGER))
                : Optional.empty();
        boolean isProtected = protectedNamespaces.why(current).isPresent();
        boolean isDelegated = ExternalFinalizer.parse(state.externalFinalizer()).isPresent();
        return switch (PruneAction.of(Optional.of(state), origin, isProtected, prunes(), isDelegated)) {
            case DELETE -> Optional.of(Verdict.PRUNED);
            case RELEASE -> Optional.of(Verdict.RELEASED);
            case FORGET -> origin.map(managed -> Verdict.LEFT);
        };
    }

    /** The UID in the generator's file; empty if it does not come from a cluster. */
    private String uid() {
        return Objects.requireNonNullElse(generator.metadata().getUid(), "");
    }

    private Map<String, String> withoutUnknownUid(Map<String, String> labels) {
        Map<String, String> known = new LinkedHashMap<>(labels);
        known.remove(GeneratorLabels.GENERATOR, "");
        return known;
    }
}

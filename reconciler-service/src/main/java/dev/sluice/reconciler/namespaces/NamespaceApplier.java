package dev.sluice.reconciler.namespaces;

import dev.sluice.controller.apply.OwnedMetadata;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.namespaces.ApplyAction.Owner;
import dev.sluice.reconciler.namespaces.NamespaceChange.Kind;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates or changes a namespace that a generator wants. A namespace that is protected, or that another living generator
 * manages, is refused.
 */
final class NamespaceApplier {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceApplier.class);
    private static final int ATTEMPTS = 5;

    /** The API server's own label. */
    private static final String KUBERNETES_NAME = "kubernetes.io/metadata.name";

    private final NamespaceRequests requests;
    private final NamespaceOwners owners;
    private final ProtectedNamespaces protectedNamespaces;
    private final FieldOwners fieldOwners;

    NamespaceApplier(
            NamespaceRequests requests,
            NamespaceOwners owners,
            ProtectedNamespaces protectedNamespaces,
            FieldOwners fieldOwners) {
        this.requests = requests;
        this.owners = owners;
        this.protectedNamespaces = protectedNamespaces;
        this.fieldOwners = fieldOwners;
    }

    /**
     * Applies a namespace. Does not write if nothing would change.
     *
     * @param cached the namespace as a cache has it; empty if it does not
     * @throws NamespaceFailure if the namespace must not be changed
     */
    NamespaceChange apply(ArtifactGenerator generator, DesiredNamespace desired, Optional<NamespaceState> cached)
            throws IOException, NamespaceFailure {
        requireUnprotected(desired.name(), protectedNamespaces.why(desired.name()));
        Optional<NamespaceState> unchanged = cached.filter(current -> isUnchanged(generator, desired, current));
        if (unchanged.isPresent()) {
            LOG.atDebug().addKeyValue("namespace", desired.name()).log("Namespace is up to date");
            return new NamespaceChange(Kind.UNCHANGED, unchanged.get().metadata(), "");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return applyTo(requests.read(desired.name()), generator, desired);
            } catch (ApiRequestException e) {
                if (!e.isConflict()) {
                    throw e;
                }
            }
        }
        throw NamespaceFailure.retryable(
                "namespace \"%s\" keeps changing; it is tried again".formatted(desired.name()));
    }

    /** Whether a cached namespace needs no request: nobody else has added anything. */
    private boolean isUnchanged(ArtifactGenerator generator, DesiredNamespace desired, NamespaceState current) {
        return !current.isTerminating()
                && !current.controls().isExcluded()
                && !current.controls().isIfNotPresent()
                && !desired.controls().isExcluded()
                && !desired.controls().isIfNotPresent()
                && current.generatorUid().equals(Ownership.uidOf(generator))
                && protectedNamespaces.why(current.metadata()).isEmpty()
                && isApplied(effective(desired, current), current)
                && hasNothingElse(desired, current);
    }

    private boolean isApplied(DesiredNamespace wanted, NamespaceState current) {
        DesiredNamespace applied = current.appliedBy(fieldOwners.own());
        return applied.labels().equals(wanted.labels()) && applied.annotations().equals(wanted.annotations());
    }

    private static boolean hasNothingElse(DesiredNamespace desired, NamespaceState current) {
        Map<String, String> labels = new LinkedHashMap<>(current.labels());
        labels.keySet().removeAll(desired.labels().keySet());
        labels.remove(KUBERNETES_NAME);
        Map<String, String> annotations = new LinkedHashMap<>(current.annotations());
        annotations.keySet().removeAll(desired.annotations().keySet());
        annotations.keySet().removeAll(NamespaceOrigin.KEYS);
        return labels.isEmpty() && annotations.isEmpty();
    }

    private NamespaceChange applyTo(
            Optional<NamespaceState> current, ArtifactGenerator generator, DesiredNamespace desired)
            throws IOException, NamespaceFailure {
        if (current.isPresent()) {
            requireUnprotected(
                    desired.name(), protectedNamespaces.why(current.get().metadata()));
        }
        Owner owner = current.isEmpty() ? Owner.NONE : owners.ownerOf(current.get(), generator);
        ApplyAction action = ApplyAction.of(desired, current, owner);
        return switch (action) {
            case LEAVE -> left(desired, current);
            case CREATE -> create(generator, desired);
            case UPDATE -> update(current.orElseThrow(), generator, desired);
            case ADOPT -> adopt(current.orElseThrow(), generator, desired);
            case TAKE_OVER -> takeOver(current.orElseThrow(), generator, desired);
            case REFUSE ->
                throw NamespaceFailure.refused(
                        ("namespace \"%s\" is managed by another ArtifactGenerator; choose another namespace, or have"
                                        + " that generator release it")
                                .formatted(desired.name()));
            case WAIT ->
                throw NamespaceFailure.retryable(
                        "namespace \"%s\" is being deleted; it is created again afterwards".formatted(desired.name()));
        };
    }

    private static NamespaceChange left(DesiredNamespace desired, Optional<NamespaceState> current) {
        boolean excluded = desired.controls().isExcluded()
                || current.filter(state -> state.controls().isExcluded()).isPresent();
        LOG.atDebug()
                .addKeyValue("namespace", desired.name())
                .log(
                        excluded
                                ? "Namespace apply skipped, reconciliation is disabled"
                                : "Namespace apply skipped, IfNotPresent policy is set");
        V1ObjectMeta metadata =
                current.map(NamespaceState::metadata).orElseGet(() -> new V1ObjectMeta().name(desired.name()));
        return new NamespaceChange(Kind.LEFT, metadata, "");
    }

    private NamespaceChange create(ArtifactGenerator generator, DesiredNamespace desired) throws IOException {
        DesiredNamespace created = NamespaceOrigin.CREATED.mark(desired, Ownership.uidOf(generator));
        return change(Kind.CREATED, requests.create(created), "");
    }

    private NamespaceChange update(NamespaceState current, ArtifactGenerator generator, DesiredNamespace desired)
            throws IOException {
        String uid = Ownership.uidOf(generator);
        DesiredNamespace wanted = effective(desired, current);
        NamespaceOrigin origin = NamespaceOrigin.of(current, uid, fieldOwners.own());
        NamespaceState applied =
                isApplied(wanted, current) ? current : requests.apply(current, origin.mark(wanted, uid));
        NamespaceState cleaned = withoutOverridden(applied, wanted);
        boolean unchanged = Objects.equals(
                cleaned.metadata().getResourceVersion(), current.metadata().getResourceVersion());
        return change(unchanged ? Kind.UNCHANGED : Kind.RECONCILED, cleaned, "");
    }

    private NamespaceChange adopt(NamespaceState current, ArtifactGenerator generator, DesiredNamespace desired)
            throws IOException {
        LOG.atWarn().addKeyValue("namespace", desired.name()).log("Adopting unmanaged namespace");
        DesiredNamespace wanted = effective(desired, current);
        NamespaceState applied =
                requests.apply(current, NamespaceOrigin.ADOPTED.mark(wanted, Ownership.uidOf(generator)));
        return change(Kind.ADOPTED, withoutOverridden(applied, wanted), "");
    }

    private NamespaceChange takeOver(NamespaceState current, ArtifactGenerator generator, DesiredNamespace desired)
            throws IOException {
        String former = current.managerUid(fieldOwners.own());
        LOG.atWarn()
                .addKeyValue("namespace", desired.name())
                .addKeyValue("owner", former)
                .log("Taking over managed namespace");
        DesiredNamespace wanted = effective(desired, current);
        NamespaceOrigin origin = NamespaceOrigin.of(current, former, fieldOwners.own());
        NamespaceState applied = requests.apply(current, origin.mark(wanted, Ownership.uidOf(generator)));
        return change(Kind.TAKEN_OVER, withoutOverridden(applied, wanted), former);
    }

    /** Without the keys that decide what happens to the namespace, where somebody else has set another value. */
    private DesiredNamespace effective(DesiredNamespace desired, NamespaceState current) {
        OwnedMetadata owned = OwnedMetadata.of(current.metadata(), fieldOwners.own());
        return new DesiredNamespace(
                desired.name(),
                effective(desired.labels(), current.labels(), owned.labels()),
                effective(desired.annotations(), current.annotations(), owned.annotations()));
    }

    private static Map<String, String> effective(
            Map<String, String> desired, Map<String, String> current, Set<String> owned) {
        Map<String, String> effective = new LinkedHashMap<>(desired);
        effective
                .keySet()
                .removeIf(key -> NamespaceControls.KEYS.contains(key)
                        && current.containsKey(key)
                        && !owned.contains(key)
                        && !current.getOrDefault(key, "").equals(desired.get(key)));
        return effective;
    }

    private NamespaceState withoutOverridden(NamespaceState current, DesiredNamespace wanted) throws IOException {
        if (current.controls().isMerge() || wanted.controls().isMerge()) {
            return current;
        }
        FieldOwners.Overridden overridden = fieldOwners.overridden(current.metadata());
        FieldOwners.Overridden removed = new FieldOwners.Overridden(
                without(overridden.labels(), wanted.labels()), without(overridden.annotations(), wanted.annotations()));
        return removed.isEmpty() ? current : requests.remove(current, removed);
    }

    private static Set<String> without(Set<String> keys, Map<String, String> wanted) {
        Set<String> without = new TreeSet<>(keys);
        without.removeAll(wanted.keySet());
        return without;
    }

    private static NamespaceChange change(Kind kind, NamespaceState state, String former) {
        return new NamespaceChange(kind, state.metadata(), former);
    }

    private static void requireUnprotected(String name, Optional<String> why) throws NamespaceFailure {
        if (why.isPresent()) {
            throw NamespaceFailure.isProtected(name, why.get());
        }
    }
}

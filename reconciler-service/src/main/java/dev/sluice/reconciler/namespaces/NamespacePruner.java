package dev.sluice.reconciler.namespaces;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.namespaces.PruneResult.Kind;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.GeneratorLabels;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes or releases namespaces that a generator does not want any more. Reads each of them from the API server, and
 * deletes exactly what it has read.
 */
final class NamespacePruner {

    private static final Logger LOG = LoggerFactory.getLogger(NamespacePruner.class);
    private static final int ATTEMPTS = 5;

    private final NamespaceRequests requests;
    private final ProtectedNamespaces protectedNamespaces;
    private final NamespaceUsers users;
    private final DeleteAccess access;
    private final String fieldManager;

    /** What must hold when a namespace is deleted. */
    interface DeleteAccess {

        /** Whether the generator is as the run has read it. */
        boolean isUnchanged(ArtifactGenerator generator) throws IOException;

        /** Returns why not; empty if it may. */
        Optional<String> denial(ArtifactGenerator generator, String namespace) throws IOException;
    }

    NamespacePruner(
            NamespaceRequests requests,
            ProtectedNamespaces protectedNamespaces,
            NamespaceUsers users,
            DeleteAccess access,
            String fieldManager) {
        this.requests = requests;
        this.protectedNamespaces = protectedNamespaces;
        this.users = users;
        this.access = access;
        this.fieldManager = fieldManager;
    }

    /**
     * Prunes one namespace. Fails only if the thread is interrupted; other failures are results.
     *
     * @param prune whether the generator deletes namespaces; otherwise they are released
     */
    PruneResult prune(ArtifactGenerator generator, String name, boolean prune) throws InterruptedIOException {
        Interruption.check();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    return pruneCurrent(generator, name, prune);
                } catch (ApiRequestException e) {
                    if (!e.isConflict()) {
                        throw e;
                    }
                }
            }
            return PruneResult.left(name, Kind.FAILED, "it keeps changing");
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("namespace", name)
                    .addKeyValue("error", ErrorText.describe(e))
                    .log("Failed to delete Namespace, will retry");
            return PruneResult.left(name, Kind.FAILED, ErrorText.describe(e));
        }
    }

    private PruneResult pruneCurrent(ArtifactGenerator generator, String name, boolean prune) throws IOException {
        Optional<NamespaceState> current = requests.read(name);
        boolean isProtected = protectedNamespaces.why(name).isPresent()
                || current.flatMap(state -> protectedNamespaces.why(state.metadata()))
                        .isPresent();
        boolean isDelegated = prune && current.isPresent() && isDelegated(current.get());
        String uid = Ownership.uidOf(generator);
        Optional<NamespaceOrigin> origin = current.filter(state -> state.isManagedBy(uid, fieldManager))
                .map(state -> NamespaceOrigin.of(state, uid, fieldManager));
        PruneAction action = PruneAction.of(current, origin, isProtected, prune, isDelegated);
        return switch (action) {
            case FORGET -> {
                if (origin.isPresent() && isExcluded(current.orElseThrow())) {
                    logSkipped(name, "Skipping managed namespace deletion, deletion is disabled");
                }
                yield PruneResult.done(name, Kind.FORGOTTEN);
            }
            case RELEASE -> release(current.orElseThrow(), prune);
            case DELETE -> delete(generator, current.orElseThrow());
        };
    }

    private static boolean isExcluded(NamespaceState current) {
        return current.controls().isExcluded();
    }

    private static void logSkipped(String namespace, String message) {
        LOG.atInfo().addKeyValue("namespace", namespace).log(message);
    }

    private boolean isDelegated(NamespaceState current) throws IOException {
        String value = current.externalFinalizer();
        Optional<ExternalFinalizer> finalizer = ExternalFinalizer.parse(value);
        if (finalizer.isEmpty()) {
            if (!value.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("namespace", current.name())
                        .addKeyValue("value", value)
                        .log("Ignoring malformed external finalizer annotation, the controller remains accountable");
            }
            return false;
        }
        Optional<String> uid = requests.uidOf(finalizer.get());
        boolean isThere = uid.filter(finalizer.get().uid()::equals).isPresent();
        LOG.atInfo()
                .addKeyValue("namespace", current.name())
                .addKeyValue("object", value)
                .log(
                        isThere
                                ? "Namespace finalization is delegated to an external object"
                                : uid.isPresent()
                                        ? "External finalizer object UID mismatch, the controller remains accountable"
                                        : "External finalizer object not found, the controller remains accountable");
        return isThere;
    }

    private PruneResult delete(ArtifactGenerator generator, NamespaceState current) throws IOException {
        String name = current.name();
        Optional<String> denial = access.denial(generator, name);
        if (denial.isPresent()) {
            return PruneResult.left(name, Kind.DENIED, denial.get());
        }
        Optional<String> user = users.find(current);
        if (user.isPresent()) {
            return PruneResult.left(
                    name, Kind.IN_USE, user.get() + "; remove the namespace and its objects from there first");
        }
        if (!access.isUnchanged(generator)) {
            return PruneResult.left(name, Kind.FAILED, "the generator has changed meanwhile");
        }
        requests.delete(current);
        LOG.atInfo().addKeyValue("namespace", name).log("Namespace deleted from cluster");
        return PruneResult.done(name, Kind.DELETED);
    }

    /** Removes the two labels and the annotation about the origin; the other labels and annotations stay as they were applied. */
    private PruneResult release(NamespaceState current, boolean prune) throws IOException {
        DesiredNamespace applied = current.appliedBy(fieldManager);
        Map<String, String> labels = new LinkedHashMap<>(applied.labels());
        labels.remove(GeneratorLabels.GENERATOR);
        labels.remove(NamespaceMetadataPlan.MANAGED_BY);
        requests.apply(current, new DesiredNamespace(current.name(), labels, applied.annotations()));
        String kept = current.controls().isKept()
                ? "Skipping managed namespace deletion, deletion is disabled"
                : "Skipping managed namespace deletion, the namespace existed before";
        logSkipped(current.name(), prune ? kept : "Skipping managed namespace deletion, pruning is disabled");
        return PruneResult.done(current.name(), Kind.RELEASED);
    }
}

package dev.sluice.reconciler.namespaces;

import dev.sluice.controller.access.AccessReviews;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.access.AccessRules;
import dev.sluice.reconciler.access.NamespaceAccess;
import dev.sluice.reconciler.cluster.GeneratorReader;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Function;

/** Wires the management of namespaces. */
public final class NamespaceController {

    private NamespaceController() {}

    /**
     * Dependencies.
     *
     * @param namespaces the cache of namespaces, with the managed fields of the field manager
     */
    public record Parts(
            ApiRequests requests,
            GeneratorReader generators,
            SharedIndexInformer<V1Namespace> namespaces,
            AccessReviews reviews,
            AccessRules rules,
            MeterRegistry registry) {}

    /** Assembles the step of a reconciliation. */
    public static ManagedNamespaceStep assemble(Parts parts, NamespaceOptions options, String fieldManager) {
        NamespaceRequests requests = new NamespaceRequests(parts.requests(), fieldManager);
        NamespaceAccess access = new NamespaceAccess(parts.reviews(), parts.rules());
        FieldOwners fieldOwners = new FieldOwners(fieldManager, options.overrideManagers());
        ProtectedNamespaces protectedNamespaces =
                ProtectedNamespaces.of(options.protectedNamespaces(), options.ownNamespace(), fieldManager);
        NamespaceApplier applier = new NamespaceApplier(
                requests,
                new NamespaceOwners(parts.generators()::withUid, parts.requests(), fieldManager),
                protectedNamespaces,
                fieldOwners);
        NamespacePruner pruner = new NamespacePruner(
                requests,
                protectedNamespaces,
                new NamespaceUsers(requests, fieldOwners),
                new PruneChecks(access, parts.generators()),
                fieldManager);
        Function<String, Optional<NamespaceState>> cache =
                name -> Optional.ofNullable(parts.namespaces().getIndexer().getByKey(name))
                        .map(V1Namespace::getMetadata)
                        .map(NamespaceState::new);
        NamespaceTools tools = new NamespaceTools(
                applier, pruner, cache, new AppliedMetadata(), new NamespaceMeters(parts.registry()), fieldManager);
        return new NamespaceReconciler(tools, access, protectedNamespaces);
    }
}

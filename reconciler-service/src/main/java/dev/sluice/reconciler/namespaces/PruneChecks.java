package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.access.NamespaceAccess;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Asks the API server, right before a namespace is deleted, whether its generator still wants that and may do it. */
record PruneChecks(NamespaceAccess access, GeneratorReader generators) implements NamespacePruner.DeleteAccess {

    @Override
    public Optional<String> denial(ArtifactGenerator generator, String namespace) throws IOException {
        return access.deletionDenial(generator, namespace);
    }

    /** Another spec can need other namespaces; a deleted generator needs none. */
    @Override
    public boolean isUnchanged(ArtifactGenerator generator) throws IOException {
        V1ObjectMeta seen = generator.metadata();
        return generators
                .read(generator.key())
                .map(ArtifactGenerator::metadata)
                .filter(now -> Objects.equals(now.getUid(), seen.getUid()) && now.getDeletionTimestamp() == null)
                .map(now -> Objects.equals(now.getGeneration(), seen.getGeneration())
                        && Objects.equals(now.getLabels(), seen.getLabels()))
                .orElse(true);
    }
}

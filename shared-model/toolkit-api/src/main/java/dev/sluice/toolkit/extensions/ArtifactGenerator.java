package dev.sluice.toolkit.extensions;

import dev.sluice.artifact.storage.StoredNames;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds ExternalArtifacts from parts of Flux sources.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record ArtifactGenerator(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ArtifactGeneratorSpec spec,
        @Nullable ArtifactGeneratorStatus status)
        implements ToolkitObject<ArtifactGeneratorSpec, ArtifactGeneratorStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<ArtifactGenerator, ArtifactGeneratorList> TYPE = new ApiType<>(
            new ApiKind("source.extensions.fluxcd.io", "v1beta1", "ArtifactGenerator", "artifactgenerators"),
            ArtifactGenerator.class,
            ArtifactGeneratorList.class);

    /** The maximum number of artifacts of a generator. */
    private static final int MAX_OF_OTHER_VERSIONS = 1_000;

    /** Replaces an empty API version or kind with that of this kind. */
    public ArtifactGenerator {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ArtifactGenerator", "metadata");
        Required.field(spec, "ArtifactGenerator", "spec");
    }

    /** Creates an object without a status. */
    public ArtifactGenerator(V1ObjectMeta metadata, ArtifactGeneratorSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public ArtifactGenerator withMetadata(V1ObjectMeta metadata) {
        return new ArtifactGenerator(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public ArtifactGenerator withSpec(ArtifactGeneratorSpec spec) {
        return new ArtifactGenerator(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public ArtifactGenerator withStatus(@Nullable ArtifactGeneratorStatus status) {
        return new ArtifactGenerator(apiVersion, kind, metadata, spec, status);
    }

    /** Returns namespace and name of the ExternalArtifact for this artifact; not meaningful for a template. */
    public ObjectKey artifactKey(OutputArtifact artifact) {
        return new ObjectKey(namespaceOf(artifact), artifact.name());
    }

    /** Returns the namespace of the ExternalArtifact for this artifact, by default the generator's own. */
    public String namespaceOf(OutputArtifact artifact) {
        String namespace = artifact.namespace();
        return namespace == null || namespace.isEmpty() ? key().namespace() : namespace;
    }

    /**
     * Returns the ExternalArtifacts in the status' inventory. Because others may have edited the status, omits entries with
     * names that are not valid for stored files, and duplicates. For the same reason, an entry alone proves nothing about an
     * object of another namespace.
     */
    public List<ArtifactInventoryEntry> publishedArtifacts() {
        Set<ObjectKey> keys = new HashSet<>();
        return inventory()
                .filter(entry -> entry.artifactKey()
                        .filter(ArtifactGenerator::isStorable)
                        .isPresent())
                .filter(entry -> StoredNames.isServable(entry.filenameOrEmpty()))
                .filter(entry -> entry.artifactKey().filter(keys::add).isPresent())
                .toList();
    }

    private static boolean isStorable(ObjectKey key) {
        return StoredNames.isServable(key.namespace()) && StoredNames.isServable(key.name());
    }

    /**
     * Returns the inventory entries that other versions of the controller manage, at most 1,000. Every later status must keep
     * them.
     */
    public List<ArtifactInventoryEntry> inventoryOfOtherVersions() {
        return inventory()
                .filter(entry -> !entry.isArtifact() && !entry.isNamespace())
                .limit(MAX_OF_OTHER_VERSIONS)
                .toList();
    }

    private Stream<ArtifactInventoryEntry> inventory() {
        return status == null ? Stream.empty() : status.inventory().stream();
    }
}

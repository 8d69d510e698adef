package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * A path in a source that kustomize-controller builds and applies.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record Kustomization(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        KustomizationSpec spec,
        @Nullable KustomizationStatus status)
        implements ToolkitObject<KustomizationSpec, KustomizationStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<Kustomization, KustomizationList> TYPE = new ApiType<>(
            new ApiKind("kustomize.toolkit.fluxcd.io", "v1", "Kustomization", "kustomizations"),
            Kustomization.class,
            KustomizationList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public Kustomization {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "Kustomization", "metadata");
        Required.field(spec, "Kustomization", "spec");
    }

    /** Creates an object without a status. */
    public Kustomization(V1ObjectMeta metadata, KustomizationSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public Kustomization withMetadata(V1ObjectMeta metadata) {
        return new Kustomization(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public Kustomization withSpec(KustomizationSpec spec) {
        return new Kustomization(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public Kustomization withStatus(@Nullable KustomizationStatus status) {
        return new Kustomization(apiVersion, kind, metadata, spec, status);
    }
}

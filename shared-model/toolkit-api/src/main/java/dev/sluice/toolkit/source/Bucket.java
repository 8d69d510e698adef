package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object storage bucket whose content source-controller offers as an artifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record Bucket(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        BucketSpec spec,
        @Nullable BucketStatus status) implements Source<BucketSpec, BucketStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<Bucket, BucketList> TYPE = new ApiType<>(
            new ApiKind("source.toolkit.fluxcd.io", "v1", "Bucket", "buckets"), Bucket.class, BucketList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public Bucket {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "Bucket", "metadata");
        Required.field(spec, "Bucket", "spec");
    }

    /** Creates an object without a status. */
    public Bucket(V1ObjectMeta metadata, BucketSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public Bucket withMetadata(V1ObjectMeta metadata) {
        return new Bucket(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public Bucket withSpec(BucketSpec spec) {
        return new Bucket(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public Bucket withStatus(@Nullable BucketStatus status) {
        return new Bucket(apiVersion, kind, metadata, spec, status);
    }

    @Override
    public Optional<Artifact> artifact() {
        return status == null ? Optional.empty() : Optional.ofNullable(status.artifact());
    }
}

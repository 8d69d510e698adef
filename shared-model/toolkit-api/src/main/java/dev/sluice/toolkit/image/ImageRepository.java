package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * An image repository whose tags image-reflector-controller lists.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record ImageRepository(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ImageRepositorySpec spec,
        @Nullable ImageRepositoryStatus status)
        implements ToolkitObject<ImageRepositorySpec, ImageRepositoryStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<ImageRepository, ImageRepositoryList> TYPE = new ApiType<>(
            new ApiKind("image.toolkit.fluxcd.io", "v1", "ImageRepository", "imagerepositories"),
            ImageRepository.class,
            ImageRepositoryList.class);

    /** This kind in {@code v1beta2}, which image controllers up to v1.1 serve; it has no other fields. */
    public static final ApiType<ImageRepository, ImageRepositoryList> V1BETA2 = TYPE.inVersion("v1beta2");

    /** Replaces an empty API version or kind with that of this kind. */
    public ImageRepository {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ImageRepository", "metadata");
        Required.field(spec, "ImageRepository", "spec");
    }

    /** Creates an object without a status. */
    public ImageRepository(V1ObjectMeta metadata, ImageRepositorySpec spec) {
        this("", "", metadata, spec, null);
    }

    /** Creates an object in one of the served API versions. */
    public static ImageRepository of(
            ApiType<ImageRepository, ImageRepositoryList> type, V1ObjectMeta metadata, ImageRepositorySpec spec) {
        return new ImageRepository(type.kind().apiVersion(), "", metadata, spec, null);
    }

    @Override
    public ImageRepository withMetadata(V1ObjectMeta metadata) {
        return new ImageRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public ImageRepository withSpec(ImageRepositorySpec spec) {
        return new ImageRepository(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public ImageRepository withStatus(@Nullable ImageRepositoryStatus status) {
        return new ImageRepository(apiVersion, kind, metadata, spec, status);
    }
}

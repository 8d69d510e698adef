package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * Selects the latest image of an ImageRepository.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record ImagePolicy(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ImagePolicySpec spec,
        @Nullable ImagePolicyStatus status) implements ToolkitObject<ImagePolicySpec, ImagePolicyStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<ImagePolicy, ImagePolicyList> TYPE = new ApiType<>(
            new ApiKind("image.toolkit.fluxcd.io", "v1", "ImagePolicy", "imagepolicies"),
            ImagePolicy.class,
            ImagePolicyList.class);

    /** This kind in {@code v1beta2}, which image controllers up to v1.1 serve; it has no other fields. */
    public static final ApiType<ImagePolicy, ImagePolicyList> V1BETA2 = TYPE.inVersion("v1beta2");

    /** Replaces an empty API version or kind with that of this kind. */
    public ImagePolicy {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ImagePolicy", "metadata");
        Required.field(spec, "ImagePolicy", "spec");
    }

    /** Creates an object without a status. */
    public ImagePolicy(V1ObjectMeta metadata, ImagePolicySpec spec) {
        this("", "", metadata, spec, null);
    }

    /** Creates an object in one of the served API versions. */
    public static ImagePolicy of(
            ApiType<ImagePolicy, ImagePolicyList> type, V1ObjectMeta metadata, ImagePolicySpec spec) {
        return new ImagePolicy(type.kind().apiVersion(), "", metadata, spec, null);
    }

    @Override
    public ImagePolicy withMetadata(V1ObjectMeta metadata) {
        return new ImagePolicy(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public ImagePolicy withSpec(ImagePolicySpec spec) {
        return new ImagePolicy(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public ImagePolicy withStatus(@Nullable ImagePolicyStatus status) {
        return new ImagePolicy(apiVersion, kind, metadata, spec, status);
    }
}

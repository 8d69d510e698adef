package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/** Picks the newest image of an ImageRepository. */
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

    /** The same in {@code v1beta2}, which the image controllers serve up to v1.1; it has no other fields. */
    public static final ApiType<ImagePolicy, ImagePolicyList> V1BETA2 = TYPE.inVersion("v1beta2");

    /** An empty API version or kind becomes this kind's own. */
    public ImagePolicy {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ImagePolicy", "metadata");
        Required.field(spec, "ImagePolicy", "spec");
    }

    /** An object to create: without status. */
    public ImagePolicy(V1ObjectMeta metadata, ImagePolicySpec spec) {
        this("", "", metadata, spec, null);
    }

    /** An object to create in one of the served versions. */
    public static ImagePolicy of(
            ApiType<ImagePolicy, ImagePolicyList> type, V1ObjectMeta metadata, ImagePolicySpec spec) {
        return new ImagePolicy(type.kind().apiVersion(), "", metadata, spec, null);
    }

    @Override
    public ImagePolicy withMetadata(V1ObjectMeta metadata) {
        return new ImagePolicy(apiVersion, kind, metadata, spec, status);
    }

    /** The same object with another spec. */
    public ImagePolicy withSpec(ImagePolicySpec spec) {
        return new ImagePolicy(apiVersion, kind, metadata, spec, status);
    }

    /** The same object with another status. */
    public ImagePolicy withStatus(@Nullable ImagePolicyStatus status) {
        return new ImagePolicy(apiVersion, kind, metadata, spec, status);
    }
}

package dev.sluice.toolkit.image;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * Updates images in the files of a Git repository.
 *
 * <p>API: {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record ImageUpdateAutomation(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ImageUpdateAutomationSpec spec,
        @Nullable ImageUpdateAutomationStatus status)
        implements ToolkitObject<ImageUpdateAutomationSpec, ImageUpdateAutomationStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<ImageUpdateAutomation, ImageUpdateAutomationList> TYPE = new ApiType<>(
            new ApiKind("image.toolkit.fluxcd.io", "v1", "ImageUpdateAutomation", "imageupdateautomations"),
            ImageUpdateAutomation.class,
            ImageUpdateAutomationList.class);

    /** This kind in {@code v1beta2}, which image controllers up to v1.1 serve; it has no other fields. */
    public static final ApiType<ImageUpdateAutomation, ImageUpdateAutomationList> V1BETA2 = TYPE.inVersion("v1beta2");

    /** Replaces an empty API version or kind with that of this kind. */
    public ImageUpdateAutomation {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ImageUpdateAutomation", "metadata");
        Required.field(spec, "ImageUpdateAutomation", "spec");
    }

    /** Creates an object without a status. */
    public ImageUpdateAutomation(V1ObjectMeta metadata, ImageUpdateAutomationSpec spec) {
        this("", "", metadata, spec, null);
    }

    /** Creates an object in one of the served API versions. */
    public static ImageUpdateAutomation of(
            ApiType<ImageUpdateAutomation, ImageUpdateAutomationList> type,
            V1ObjectMeta metadata,
            ImageUpdateAutomationSpec spec) {
        return new ImageUpdateAutomation(type.kind().apiVersion(), "", metadata, spec, null);
    }

    @Override
    public ImageUpdateAutomation withMetadata(V1ObjectMeta metadata) {
        return new ImageUpdateAutomation(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public ImageUpdateAutomation withSpec(ImageUpdateAutomationSpec spec) {
        return new ImageUpdateAutomation(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public ImageUpdateAutomation withStatus(@Nullable ImageUpdateAutomationStatus status) {
        return new ImageUpdateAutomation(apiVersion, kind, metadata, spec, status);
    }
}

package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * A Helm chart with values that helm-controller installs and upgrades.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record HelmRelease(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        HelmReleaseSpec spec,
        @Nullable HelmReleaseStatus status) implements ToolkitObject<HelmReleaseSpec, HelmReleaseStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<HelmRelease, HelmReleaseList> TYPE = new ApiType<>(
            new ApiKind("helm.toolkit.fluxcd.io", "v2", "HelmRelease", "helmreleases"),
            HelmRelease.class,
            HelmReleaseList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public HelmRelease {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "HelmRelease", "metadata");
        Required.field(spec, "HelmRelease", "spec");
    }

    /** Creates an object without a status. */
    public HelmRelease(V1ObjectMeta metadata, HelmReleaseSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public HelmRelease withMetadata(V1ObjectMeta metadata) {
        return new HelmRelease(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public HelmRelease withSpec(HelmReleaseSpec spec) {
        return new HelmRelease(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public HelmRelease withStatus(@Nullable HelmReleaseStatus status) {
        return new HelmRelease(apiVersion, kind, metadata, spec, status);
    }
}

package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A release of an upstream project that becomes an ExternalArtifact of the same name. */
// region api
public record ProjectRelease(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ProjectReleaseSpec spec,
        @Nullable ProjectReleaseStatus status)
        implements ToolkitObject<ProjectReleaseSpec, ProjectReleaseStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<ProjectRelease, ProjectReleaseList> TYPE = new ApiType<>(
            new ApiKind("examples.sluice.dev", "v1", "ProjectRelease", "projectreleases"),
            ProjectRelease.class,
            ProjectReleaseList.class);
    // endregion

    /** Fills in an empty API version and kind. */
    public ProjectRelease {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ProjectRelease", "metadata");
        Required.field(spec, "ProjectRelease", "spec");
    }

    @Override
    public ProjectRelease withMetadata(V1ObjectMeta metadata) {
        return new ProjectRelease(apiVersion, kind, metadata, spec, status);
    }

    /** The ExternalArtifact of this release. */
    public ObjectKey artifactKey() {
        return new ObjectKey(Objects.requireNonNullElse(spec.targetNamespace(), key().namespace()), key().name());
    }

    /** The metadata's generation; 0 for an object that was never stored. */
    public long generation() {
        return Objects.requireNonNullElse(metadata.getGeneration(), 0L);
    }
}

package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/** Makes ExternalArtifacts out of parts of Flux sources. */
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

    /** An empty API version or kind becomes this kind's own. */
    public ArtifactGenerator {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "ArtifactGenerator", "metadata");
        Required.field(spec, "ArtifactGenerator", "spec");
    }

    /** An object to create: without status. */
    public ArtifactGenerator(V1ObjectMeta metadata, ArtifactGeneratorSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public ArtifactGenerator withMetadata(V1ObjectMeta metadata) {
        return new ArtifactGenerator(apiVersion, kind, metadata, spec, status);
    }

    /** The same object with another spec. */
    public ArtifactGenerator withSpec(ArtifactGeneratorSpec spec) {
        return new ArtifactGenerator(apiVersion, kind, metadata, spec, status);
    }

    /** The same object with another status. */
    public ArtifactGenerator withStatus(@Nullable ArtifactGeneratorStatus status) {
        return new ArtifactGenerator(apiVersion, kind, metadata, spec, status);
    }
}

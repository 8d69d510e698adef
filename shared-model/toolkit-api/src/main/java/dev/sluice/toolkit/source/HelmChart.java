package dev.sluice.toolkit.source;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart that source-controller fetches or packages and offers as an artifact.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record HelmChart(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        HelmChartSpec spec,
        @Nullable HelmChartStatus status) implements Source<HelmChartSpec, HelmChartStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<HelmChart, HelmChartList> TYPE = new ApiType<>(
            new ApiKind("source.toolkit.fluxcd.io", "v1", "HelmChart", "helmcharts"),
            HelmChart.class,
            HelmChartList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public HelmChart {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "HelmChart", "metadata");
        Required.field(spec, "HelmChart", "spec");
    }

    /** Creates an object without a status. */
    public HelmChart(V1ObjectMeta metadata, HelmChartSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public HelmChart withMetadata(V1ObjectMeta metadata) {
        return new HelmChart(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public HelmChart withSpec(HelmChartSpec spec) {
        return new HelmChart(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public HelmChart withStatus(@Nullable HelmChartStatus status) {
        return new HelmChart(apiVersion, kind, metadata, spec, status);
    }

    @Override
    public Optional<Artifact> artifact() {
        return status == null ? Optional.empty() : Optional.ofNullable(status.artifact());
    }
}

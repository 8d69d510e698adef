package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.FluxObject;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * The destination of notifications; has no status.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}, {@code notification.toolkit.fluxcd.io/v1beta3}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 */
public record Provider(String apiVersion, String kind, V1ObjectMeta metadata, ProviderSpec spec)
        implements FluxObject<ProviderSpec> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<Provider, ProviderList> TYPE = new ApiType<>(
            new ApiKind("notification.toolkit.fluxcd.io", "v1", "Provider", "providers"),
            Provider.class,
            ProviderList.class);

    /**
     * This kind in the deprecated {@code v1beta3}, the only version in Flux 2.9 and earlier. It has two more fields,
     * {@code interval} and {@code proxy}.
     */
    public static final ApiType<Provider, ProviderList> V1BETA3 = TYPE.inVersion("v1beta3");

    /** Replaces an empty API version or kind with that of this kind. */
    public Provider {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "Provider", "metadata");
        Required.field(spec, "Provider", "spec");
    }

    /** Creates an object. */
    public Provider(V1ObjectMeta metadata, ProviderSpec spec) {
        this("", "", metadata, spec);
    }

    /** Creates an object in one of the served API versions. */
    public static Provider of(ApiType<Provider, ProviderList> type, V1ObjectMeta metadata, ProviderSpec spec) {
        return new Provider(type.kind().apiVersion(), "", metadata, spec);
    }

    @Override
    public Provider withMetadata(V1ObjectMeta metadata) {
        return new Provider(apiVersion, kind, metadata, spec);
    }

    /** Returns a copy with another spec. */
    public Provider withSpec(ProviderSpec spec) {
        return new Provider(apiVersion, kind, metadata, spec);
    }
}

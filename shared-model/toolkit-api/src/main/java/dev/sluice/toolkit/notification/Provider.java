package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.FluxObject;
import dev.sluice.toolkit.meta.Required;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/** Where notifications are sent; it has no status. */
public record Provider(String apiVersion, String kind, V1ObjectMeta metadata, ProviderSpec spec)
        implements FluxObject<ProviderSpec> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<Provider, ProviderList> TYPE = new ApiType<>(
            new ApiKind("notification.toolkit.fluxcd.io", "v1beta3", "Provider", "providers"),
            Provider.class,
            ProviderList.class);

    /** An empty API version or kind becomes this kind's own. */
    public Provider {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "Provider", "metadata");
        Required.field(spec, "Provider", "spec");
    }

    /** An object to create. */
    public Provider(V1ObjectMeta metadata, ProviderSpec spec) {
        this("", "", metadata, spec);
    }

    @Override
    public Provider withMetadata(V1ObjectMeta metadata) {
        return new Provider(apiVersion, kind, metadata, spec);
    }

    /** The same object with another spec. */
    public Provider withSpec(ProviderSpec spec) {
        return new Provider(apiVersion, kind, metadata, spec);
    }
}

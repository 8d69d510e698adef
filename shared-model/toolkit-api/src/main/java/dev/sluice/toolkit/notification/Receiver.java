package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that requests the reconciliation of objects.
 *
 * <p>API: {@code notification.toolkit.fluxcd.io/v1}.
 *
 * @param apiVersion group and version; an empty text becomes that of the type
 * @param kind the kind; an empty text becomes that of the type
 * @param metadata name, namespace, labels and annotations, and what the API server sets
 * @param spec the desired state
 * @param status the observed state, which the controller writes; null before its first run
 */
public record Receiver(
        String apiVersion,
        String kind,
        V1ObjectMeta metadata,
        ReceiverSpec spec,
        @Nullable ReceiverStatus status) implements ToolkitObject<ReceiverSpec, ReceiverStatus> {

    /** Group, version and Java types of this kind. */
    public static final ApiType<Receiver, ReceiverList> TYPE = new ApiType<>(
            new ApiKind("notification.toolkit.fluxcd.io", "v1", "Receiver", "receivers"),
            Receiver.class,
            ReceiverList.class);

    /** Replaces an empty API version or kind with that of this kind. */
    public Receiver {
        apiVersion = apiVersion.isEmpty() ? TYPE.kind().apiVersion() : apiVersion;
        kind = kind.isEmpty() ? TYPE.kind().kind() : kind;
        Required.field(metadata, "Receiver", "metadata");
        Required.field(spec, "Receiver", "spec");
    }

    /** Creates an object without a status. */
    public Receiver(V1ObjectMeta metadata, ReceiverSpec spec) {
        this("", "", metadata, spec, null);
    }

    @Override
    public Receiver withMetadata(V1ObjectMeta metadata) {
        return new Receiver(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another spec. */
    public Receiver withSpec(ReceiverSpec spec) {
        return new Receiver(apiVersion, kind, metadata, spec, status);
    }

    /** Returns a copy with another status. */
    public Receiver withStatus(@Nullable ReceiverStatus status) {
        return new Receiver(apiVersion, kind, metadata, spec, status);
    }
}

package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects to reconcile.
 *
 * @param name {@code *} for all objects that match the labels
 * @param filter CEL expression over {@code res} and {@code req}
 */
public record ReceiverResource(
        String kind,
        String name,
        @Nullable String apiVersion,
        @Nullable String filter,
        Map<String, String> matchLabels,
        @Nullable String namespace) {

    public ReceiverResource {
        Required.field(kind, "ReceiverResource", "kind");
        Required.field(name, "ReceiverResource", "name");
        matchLabels = Immutable.map(matchLabels);
    }
}

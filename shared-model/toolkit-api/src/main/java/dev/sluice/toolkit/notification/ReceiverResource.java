package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects whose reconciliation is asked for.
 *
 * @param name {@code *} for all that match the labels
 * @param filter CEL over {@code res} and {@code req}
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

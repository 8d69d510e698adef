package dev.sluice.toolkit.notification;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects whose events are selected.
 *
 * @param name {@code *} for all objects that match the labels
 */
public record CrossNamespaceObjectReference(
        String kind,
        String name,
        @Nullable String apiVersion,
        Map<String, String> matchLabels,
        @Nullable String namespace) {

    public CrossNamespaceObjectReference {
        Required.field(kind, "CrossNamespaceObjectReference", "kind");
        Required.field(name, "CrossNamespaceObjectReference", "name");
        matchLabels = Immutable.map(matchLabels);
    }
}

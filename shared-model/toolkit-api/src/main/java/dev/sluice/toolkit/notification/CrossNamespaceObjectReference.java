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

    /**
     * Selects one object, or all of a kind, in the namespace of the object that refers to it.
     *
     * @param name {@code *} for all objects of the kind
     */
    public static CrossNamespaceObjectReference of(String kind, String name) {
        return new CrossNamespaceObjectReference(kind, name, null, Map.of(), null);
    }
}

package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.Required;
import java.util.Map;

/**
 * An operation on the labels and annotations of managed namespaces.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param strategy {@code Reset} drops all others, {@code Override} replaces equal keys, {@code Merge} adds absent keys
 * @param namespace name of the managed namespace, or {@code *} for all of them
 * @param annotations annotations of the operation
 * @param labels labels of the operation
 */
public record NamespaceMetadataFrom(
        String strategy, String namespace, Map<String, String> annotations, Map<String, String> labels) {

    /** Drops all labels and annotations so far. */
    public static final String RESET = "Reset";

    /** Replaces equal keys. */
    public static final String OVERRIDE = "Override";

    /** Adds absent keys. */
    public static final String MERGE = "Merge";

    /** The value of {@link #namespace()} for all namespaces. */
    public static final String ALL = "*";

    public NamespaceMetadataFrom {
        Required.field(strategy, "NamespaceMetadataFrom", "strategy");
        Required.field(namespace, "NamespaceMetadataFrom", "namespace");
        annotations = Immutable.map(annotations);
        labels = Immutable.map(labels);
    }
}

package dev.sluice.toolkit.meta;

import java.util.Map;

/**
 * Selects namespaces by their labels; an empty selector matches every namespace.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}, {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param matchLabels a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an
 *     element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only
 *     "value"
 */
public record NamespaceSelector(Map<String, String> matchLabels) {

    public NamespaceSelector {
        matchLabels = Immutable.map(matchLabels);
    }
}

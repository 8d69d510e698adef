package dev.sluice.toolkit.meta;

import java.util.Map;

/** Selects namespaces by their labels; an empty selector matches every namespace. */
public record NamespaceSelector(Map<String, String> matchLabels) {

    public NamespaceSelector {
        matchLabels = Immutable.map(matchLabels);
    }
}

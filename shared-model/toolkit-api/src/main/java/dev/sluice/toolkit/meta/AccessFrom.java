package dev.sluice.toolkit.meta;

import java.util.List;

/** The namespaces that may refer to an object: those that match any of the selectors. */
public record AccessFrom(@RequiredField List<NamespaceSelector> namespaceSelectors) {

    public AccessFrom {
        namespaceSelectors = List.copyOf(namespaceSelectors);
    }
}

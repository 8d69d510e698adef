package dev.sluice.toolkit.meta;

import java.util.List;

/**
 * The namespaces that may refer to an object: those that match any of the selectors.
 *
 * <p>API: {@code source.toolkit.fluxcd.io/v1}, {@code image.toolkit.fluxcd.io/v1}.
 *
 * @param namespaceSelectors the list of namespace selectors to which this ACL applies. Items in this list are
 *     evaluated using a logical OR operation
 */
public record AccessFrom(@RequiredField List<NamespaceSelector> namespaceSelectors) {

    public AccessFrom {
        namespaceSelectors = List.copyOf(namespaceSelectors);
    }
}

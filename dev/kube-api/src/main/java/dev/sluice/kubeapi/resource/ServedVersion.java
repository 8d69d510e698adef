package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.schema.PrinterColumns;
import java.util.Optional;
import java.util.Set;

/**
 * A version of a resource.
 *
 * @param status whether objects have a status subresource
 * @param columns the table columns of a custom resource
 * @param selectableFields the dotted paths that field selectors support
 */
public record ServedVersion(
        String name,
        boolean status,
        KindRules rules,
        Conversion conversion,
        Optional<PrinterColumns> columns,
        Set<String> selectableFields) {

    public ServedVersion {
        selectableFields = Set.copyOf(selectableFields);
    }
}

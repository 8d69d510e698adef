package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.schema.PrinterColumns;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a resource.
 *
 * @param status whether objects have a status subresource
 * @param columns of tables, of a custom resource
 * @param selectableFields dotted paths that field selectors may name
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

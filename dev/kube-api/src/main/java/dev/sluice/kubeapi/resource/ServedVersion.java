package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.schema.PrinterColumns;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * One version of a resource.
 *
 * @param status whether objects have a status subresource
 * @param columns of tables, of a custom resource
 * @param selectableFields dotted paths that field selectors may name
 * @param warning what every answer warns of; empty for none
 * @param openApiSchema the kind's schema as OpenAPI shows it
 */
public record ServedVersion(
        String name,
        boolean status,
        TypeRules rules,
        Conversion conversion,
        Optional<PrinterColumns> columns,
        Set<String> selectableFields,
        String warning,
        ObjectNode openApiSchema) {

    public ServedVersion {
        selectableFields = Set.copyOf(selectableFields);
    }
}

package dev.sluice.kubeapi.table;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The printer columns of the built-in kinds. */
final class BuiltInColumns {

    static final Column NAME = new Column(
            "Name",
            "string",
            "name",
            "Name of the object, unique within its namespace.",
            0,
            (object, now) -> StringNode.valueOf(Column.value(object, "metadata", "name")));
    private static final Column AGE =
            Column.age("Age", "How long ago the object was created.", "metadata", "creationTimestamp");

    private static final Map<String, List<Column>> BY_KIND = Map.of(
            "Namespace", List.of(NAME, Column.text("Status", "The phase of the namespace.", "status", "phase"), AGE),
            "ConfigMap", List.of(NAME, count("Data", "data", "binaryData"), AGE),
            "Secret", List.of(NAME, Column.text("Type", "The type of the secret.", "type"), count("Data", "data"), AGE),
            "ServiceAccount", List.of(NAME, count("Secrets", "secrets"), AGE),
            "Lease", List.of(NAME, Column.text("Holder", "Who holds the lease.", "spec", "holderIdentity"), AGE),
            "CustomResourceDefinition",
                    List.of(NAME, Column.text("Created At", "When it was created.", "metadata", "creationTimestamp")));

    private BuiltInColumns() {}

    static List<Column> of(String kind) {
        if (kind.equals("Event")) {
            return EventColumns.ALL;
        }
        return BY_KIND.getOrDefault(kind, List.of(NAME, AGE));
    }

    private static Column count(String name, String... fields) {
        return new Column(
                name, "string", "", "How many entries the object holds.", 0, (object, now) -> entries(object, fields));
    }

    private static IntNode entries(ObjectNode object, String... fields) {
        int count = 0;
        for (String field : fields) {
            count += object.path(field).size();
        }
        return IntNode.valueOf(count);
    }
}

package dev.sluice.kubeapi.discovery;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** Lists of strings in documents. */
final class Strings {

    private Strings() {}

    static void into(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }
}

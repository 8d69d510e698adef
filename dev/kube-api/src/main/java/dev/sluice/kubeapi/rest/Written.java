package dev.sluice.kubeapi.rest;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The result of a write: status code, object in the served version, warnings. */
record Written(int code, ObjectNode object, List<String> warnings) {

    Written {
        warnings = List.copyOf(warnings);
    }
}

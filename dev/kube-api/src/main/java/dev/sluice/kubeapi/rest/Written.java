package dev.sluice.kubeapi.rest;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The outcome of a write: the answer's code, the object in the served version, what to warn of. */
record Written(int code, ObjectNode object, List<String> warnings) {

    Written {
        warnings = List.copyOf(warnings);
    }
}

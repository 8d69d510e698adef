package dev.sluice.kubeapi.rest;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The outcome of a write: the answer's code, the object in the served version, what to warn of. */
record Written(int code, ObjectNode object, List<String> warnings) {

    Written {
        warnings = List.copyOf(warnings);
    }

    /** The same with {@code more} to warn of, before the rest. */
    Written warningOf(List<String> more) {
        return new Written(
                code, object, Stream.concat(more.stream(), warnings.stream()).toList());
    }
}

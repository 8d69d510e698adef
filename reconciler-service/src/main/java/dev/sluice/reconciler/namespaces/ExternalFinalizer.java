package dev.sluice.reconciler.namespaces;

import dev.sluice.toolkit.meta.ObjectKey;
import java.util.Optional;

/**
 * The object that is responsible for the deletion of a namespace, from the annotation {@code externalFinalizer}.
 *
 * @param group empty for the core group
 * @param namespace empty for an object without a namespace
 */
record ExternalFinalizer(String group, String version, String kind, String namespace, String name, String uid) {

    private static final int PARTS = 6;

    /** Parses {@code group/version/kind/namespace/name/uid}; empty if the value is malformed. */
    static Optional<ExternalFinalizer> parse(String value) {
        String[] parts = value.split("/", -1);
        if (parts.length != PARTS
                || parts[1].isEmpty()
                || parts[2].isEmpty()
                || parts[4].isEmpty()
                || parts[5].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ExternalFinalizer(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }
}

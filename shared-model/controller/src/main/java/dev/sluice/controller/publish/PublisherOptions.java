package dev.sluice.controller.publish;

import java.util.Objects;

/**
 * Who publishes.
 *
 * @param fieldManager of server-side apply
 * @param managedBy value of the label {@code app.kubernetes.io/managed-by}
 */
public record PublisherOptions(String fieldManager, String managedBy) {

    public PublisherOptions {
        Objects.requireNonNull(fieldManager, "fieldManager");
        Objects.requireNonNull(managedBy, "managedBy");
    }

    /** A controller that uses its name for both. */
    public static PublisherOptions named(String controller) {
        return new PublisherOptions(controller, controller);
    }
}

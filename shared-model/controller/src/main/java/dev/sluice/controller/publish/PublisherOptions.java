package dev.sluice.controller.publish;

import java.util.Objects;

/**
 * The identity of a publisher.
 *
 * @param fieldManager field manager for server-side apply
 * @param managedBy value of the label {@code app.kubernetes.io/managed-by}
 */
public record PublisherOptions(String fieldManager, String managedBy) {

    public PublisherOptions {
        Objects.requireNonNull(fieldManager, "fieldManager");
        Objects.requireNonNull(managedBy, "managedBy");
    }

    /** Uses the controller's name for both. */
    public static PublisherOptions named(String controller) {
        return new PublisherOptions(controller, controller);
    }
}

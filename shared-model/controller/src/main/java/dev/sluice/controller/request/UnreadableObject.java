package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ObjectKey;

/**
 * An object that the API server holds and that cannot be made into its Java type. What it says of itself is the API
 * server's word, not its writer's.
 *
 * @param uid empty when it has none
 * @param resourceVersion empty when it has none
 * @param reason where in the object and why, of bounded length
 */
public record UnreadableObject(ObjectKey key, String uid, String resourceVersion, String reason) {}

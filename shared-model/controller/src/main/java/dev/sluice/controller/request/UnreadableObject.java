package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ObjectKey;

/**
 * An object that cannot be converted into its Java type. Its UID and resource version come from the API server, not
 * from the author of the object.
 *
 * @param uid empty if there is none
 * @param resourceVersion empty if there is none
 * @param reason path of the invalid field and the cause, limited in length
 */
public record UnreadableObject(ObjectKey key, String uid, String resourceVersion, String reason) {}

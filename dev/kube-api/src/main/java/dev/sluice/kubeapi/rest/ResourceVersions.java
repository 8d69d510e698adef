package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.status.ApiException;

/** Parses resource versions. */
final class ResourceVersions {

    private ResourceVersions() {}

    /** Returns 0 for an empty text. @throws ApiException 400 for an invalid version */
    static long parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            long revision = Long.parseLong(text);
            if (revision >= 0) {
                return revision;
            }
        } catch (NumberFormatException e) {
            // handled below
        }
        throw ApiException.badRequest(
                "Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
    }
}

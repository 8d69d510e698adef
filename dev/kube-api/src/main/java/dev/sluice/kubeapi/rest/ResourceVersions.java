package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.status.ApiException;

/** Resource versions in requests. */
final class ResourceVersions {

    private ResourceVersions() {}

    /** 0 for none. @throws ApiException 400 for what is no revision */
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
            // answered below
        }
        throw ApiException.badRequest(
                "Invalid value: \"" + text + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
    }
}

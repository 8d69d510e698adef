package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.status.ApiException;

/** The patch formats by media type. */
enum PatchType {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private static final String FOR_CUSTOM = JSON.mediaType + ", " + MERGE.mediaType + ", " + APPLY.mediaType;
    private static final String FOR_ALL =
            JSON.mediaType + ", " + MERGE.mediaType + ", " + STRATEGIC.mediaType + ", " + APPLY.mediaType;

    private final String mediaType;

    PatchType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** @throws ApiException 415 for a media type that is not a patch format or not supported by this kind */
    static PatchType of(String mediaType, boolean custom) {
        for (PatchType type : values()) {
            if (type.mediaType.equals(mediaType) && !(custom && type == STRATEGIC)) {
                return type;
            }
        }
        throw ApiException.unsupportedMediaType(custom ? FOR_CUSTOM : FOR_ALL);
    }
}

package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** The check of required fields when an object is built. */
public final class Required {

    private Required() {}

    /**
     * The value itself.
     *
     * @throws IllegalArgumentException naming type and field if the value is null
     */
    public static <T> T field(@Nullable T value, String type, String field) {
        if (value == null) {
            throw new IllegalArgumentException(type + ": the field \"" + field + "\" is required, set it");
        }
        return value;
    }
}

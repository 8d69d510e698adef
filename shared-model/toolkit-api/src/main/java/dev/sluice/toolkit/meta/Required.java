package dev.sluice.toolkit.meta;

import org.jspecify.annotations.Nullable;

/** Validation of required fields. */
public final class Required {

    private Required() {}

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if the value is null; names the type and the field
     */
    public static <T> T field(@Nullable T value, String type, String field) {
        if (value == null) {
            throw new IllegalArgumentException(type + ": the field \"" + field + "\" is required");
        }
        return value;
    }
}

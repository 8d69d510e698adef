package dev.sluice.kubeapi.object;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A metadata field of the wrong JSON type. */
public final class MetadataTypeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MetadataTypeException(String path, String expected, @Nullable JsonNode found) {
        super("json: cannot unmarshal " + shown(found) + " into Go struct field ObjectMeta." + path + " of type "
                + expected);
    }

    private static String shown(@Nullable JsonNode found) {
        if (found == null || found.isNull()) {
            return "null";
        }
        return found.isBoolean() ? "bool" : found.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}

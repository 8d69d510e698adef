package dev.sluice.kubeapi.http;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.protobuf.ProtobufObjects;
import dev.sluice.kubeapi.status.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies, with the size limits of a real API server. */
public final class Bodies {

    private static final int LIMIT_BYTES = 3 << 20;

    private static final String OFFERED = Accept.JSON + ", " + ProtobufObjects.MEDIA_TYPE;

    private Bodies() {}

    /** Returns the media type without parameters; JSON by default. */
    public static String mediaType(HttpServletRequest request) {
        String header = request.getContentType();
        if (header == null || header.isBlank()) {
            return Accept.JSON;
        }
        return header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the body, which must be an object.
     *
     * @throws ApiException 415 for unsupported media types or protobuf kinds, 400 for malformed bodies, 413 above the
     *     size limit
     */
    public static ObjectNode object(HttpServletRequest request) throws IOException {
        return optionalObject(request).orElseThrow(() -> ApiException.badRequest("Object 'Kind' is missing in ''"));
    }

    /** Reads the body; empty if there is none. */
    public static Optional<ObjectNode> optionalObject(HttpServletRequest request) throws IOException {
        byte[] body = read(request);
        if (body.length == 0) {
            return Optional.empty();
        }
        String type = mediaType(request);
        if (type.equals(ProtobufObjects.MEDIA_TYPE)) {
            return Optional.of(
                    ProtobufObjects.decode(body).orElseThrow(() -> ApiException.unsupportedMediaType(OFFERED)));
        }
        if (!type.equals(Accept.JSON)) {
            throw ApiException.unsupportedMediaType(OFFERED);
        }
        JsonNode tree = parse(body, false);
        if (tree instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw ApiException.badRequest("the object provided is unrecognized (must be of type object): found "
                + (tree == null ? "nothing" : tree.getNodeType()));
    }

    /**
     * Parses a document.
     *
     * @throws ApiException 400 if it is malformed
     */
    public static @Nullable JsonNode parse(byte[] body, boolean yaml) {
        try {
            return yaml ? Json.parseYaml(body) : Json.parse(body);
        } catch (JacksonException e) {
            throw ApiException.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
        }
    }

    /** Reads the raw body. @throws ApiException 413 above 3 MiB */
    public static byte[] read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LIMIT_BYTES + 1);
        if (body.length > LIMIT_BYTES) {
            throw ApiException.tooLarge(LIMIT_BYTES);
        }
        return body;
    }
}

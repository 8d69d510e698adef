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

/** Request bodies, bounded as the API server bounds them. */
public final class Bodies {

    private static final int LIMIT_BYTES = 3 << 20;

    private static final String OFFERED = Accept.JSON + ", " + ProtobufObjects.MEDIA_TYPE;

    private Bodies() {}

    /** The media type without parameters; JSON when the client names none. */
    public static String mediaType(HttpServletRequest request) {
        String header = request.getContentType();
        if (header == null || header.isBlank()) {
            return Accept.JSON;
        }
        return header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    /**
     * The body, which must be an object.
     *
     * @throws ApiException 415 for what is neither JSON nor the protobuf of a kind that is read, 400 for what does not
     *     parse, 413 past the limit
     */
    public static ObjectNode object(HttpServletRequest request) throws IOException {
        return optionalObject(request).orElseThrow(() -> ApiException.badRequest("Object 'Kind' is missing in ''"));
    }

    /** Empty when there is no body. */
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
     * A document from its text.
     *
     * @throws ApiException 400 for what does not parse
     */
    public static @Nullable JsonNode parse(byte[] body, boolean yaml) {
        try {
            return yaml ? Json.parseYaml(body) : Json.parse(body);
        } catch (JacksonException e) {
            throw ApiException.badRequest("the object provided is unrecognized: " + e.getOriginalMessage());
        }
    }

    /** The raw body. @throws ApiException 413 past 3 MiB */
    public static byte[] read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LIMIT_BYTES + 1);
        if (body.length > LIMIT_BYTES) {
            throw ApiException.tooLarge(LIMIT_BYTES);
        }
        return body;
    }
}

package dev.sluice.kubeapi.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A minimal OpenAPI v2 document in protobuf. kubectl reads it if OpenAPI v3 does not describe a kind, which happens
 * only for unknown kinds, and continues if v2 does not describe the kind either.
 */
final class SwaggerProtobuf {

    /** The media type in requests and responses. */
    static final String ACCEPTED = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    static final String MEDIA_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static final int SWAGGER = 1;
    private static final int INFO = 2;
    private static final int INFO_TITLE = 1;
    private static final int INFO_VERSION = 2;

    private SwaggerProtobuf() {}

    static byte[] head() {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        field(info, INFO_TITLE, bytes("Kubernetes"));
        field(info, INFO_VERSION, bytes(OpenApiDocument.VERSION));
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        field(document, SWAGGER, bytes("2.0"));
        field(document, INFO, info.toByteArray());
        return document.toByteArray();
    }

    /** Writes a field with fewer than 128 bytes. */
    private static void field(ByteArrayOutputStream message, int number, byte[] value) {
        message.write(number << 3 | 2);
        message.write(value.length);
        message.writeBytes(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.sluice.kubeapi.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The OpenAPI v2 document in protobuf, by its head alone. kubectl reads it when OpenAPI v3 has no answer, to look for a
 * kind that nobody serves, and goes on without when the kind is not described; what is served it finds in v3.
 */
final class SwaggerProtobuf {

    /** As clients ask for it, and as answers name it. */
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

    /** A field of bytes, shorter than 128 of them. */
    private static void field(ByteArrayOutputStream message, int number, byte[] value) {
        message.write(number << 3 | 2);
        message.write(value.length);
        message.writeBytes(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

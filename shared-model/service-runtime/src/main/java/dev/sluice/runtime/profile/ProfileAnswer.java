package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;

/**
 * What goes over the wire.
 *
 * @param retryAfterSeconds value of the header Retry-After; 0 for none
 */
record ProfileAnswer(int status, String contentType, Resource body, long retryAfterSeconds) {

    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String BINARY = "application/octet-stream";
    private static final int OK = 200;

    private ProfileAnswer(int status, String contentType, Resource body) {
        this(status, contentType, body, 0);
    }

    static ProfileAnswer text(String text) {
        return new ProfileAnswer(OK, TEXT, bytes(text));
    }

    static ProfileAnswer html(String text) {
        return new ProfileAnswer(OK, "text/html;charset=UTF-8", bytes(text));
    }

    static ProfileAnswer failure(ProfileException e) {
        return new ProfileAnswer(e.status(), TEXT, bytes(e.getMessage() + "\n"), e.retryAfterSeconds());
    }

    static ProfileAnswer binary(byte[] content) {
        return new ProfileAnswer(OK, BINARY, new ByteArrayResource(content));
    }

    /** The file goes away when it has been read. */
    static ProfileAnswer fileOnce(Path file) throws IOException {
        return new ProfileAnswer(
                OK, BINARY, new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
    }

    private static Resource bytes(String text) {
        return new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8));
    }
}

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
 * The HTTP response to a profile request.
 *
 * @param retryAfterSeconds value of the Retry-After header; 0 for none
 */
record ProfileResponse(int status, String contentType, Resource body, long retryAfterSeconds) {

    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String BINARY = "application/octet-stream";
    private static final int OK = 200;

    private ProfileResponse(int status, String contentType, Resource body) {
        this(status, contentType, body, 0);
    }

    static ProfileResponse text(String text) {
        return new ProfileResponse(OK, TEXT, bytes(text));
    }

    static ProfileResponse html(String text) {
        return new ProfileResponse(OK, "text/html;charset=UTF-8", bytes(text));
    }

    static ProfileResponse failure(ProfileException e) {
        return new ProfileResponse(e.status(), TEXT, bytes(e.getMessage() + "\n"), e.retryAfterSeconds());
    }

    static ProfileResponse binary(byte[] content) {
        return new ProfileResponse(OK, BINARY, new ByteArrayResource(content));
    }

    /** Returns a response that deletes the file after it was read. */
    static ProfileResponse fileOnce(Path file) throws IOException {
        return new ProfileResponse(
                OK, BINARY, new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
    }

    private static Resource bytes(String text) {
        return new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8));
    }
}

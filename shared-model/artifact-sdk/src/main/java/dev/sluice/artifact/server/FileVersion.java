package dev.sluice.artifact.server;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Which bytes a file name stands for right now, as far as HTTP validators can tell (RFC 9110, section 8.8).
 *
 * @param size in bytes
 * @param lastModified with the precision that the file system keeps
 */
public record FileVersion(long size, Instant lastModified) {

    /** Reads size and modification time from attributes that were read without following links. */
    public static FileVersion of(BasicFileAttributes attributes) {
        return new FileVersion(attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    /**
     * A strong entity tag, quotes included. It changes when a damaged file is rewritten under its name, because the
     * modification time does.
     */
    public String etag() {
        long nanos = lastModified.getEpochSecond() * 1_000_000_000L + lastModified.getNano();
        return '"' + Long.toHexString(nanos) + '-' + Long.toHexString(size) + '"';
    }

    /** The value of a Last-Modified header: whole seconds, in GMT. */
    public String lastModifiedHeader() {
        return HttpDates.format(lastModified);
    }
}

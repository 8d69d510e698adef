package dev.sluice.artifact.server;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * The version of a file, as far as HTTP validators can distinguish versions (RFC 9110, section 8.8).
 *
 * @param size size in bytes
 * @param lastModified modification time with the precision of the file system
 */
public record FileVersion(long size, Instant lastModified) {

    /** Returns the version for attributes that were read without following links. */
    public static FileVersion of(BasicFileAttributes attributes) {
        return new FileVersion(attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    /**
     * Returns a strong entity tag, including quotes. It changes when a damaged file is rewritten under the same name,
     * because the modification time changes.
     */
    public String etag() {
        long nanos = lastModified.getEpochSecond() * 1_000_000_000L + lastModified.getNano();
        return '"' + Long.toHexString(nanos) + '-' + Long.toHexString(size) + '"';
    }

    /** Returns the value of the Last-Modified header, in whole seconds and GMT. */
    public String lastModifiedHeader() {
        return HttpDates.format(lastModified);
    }
}

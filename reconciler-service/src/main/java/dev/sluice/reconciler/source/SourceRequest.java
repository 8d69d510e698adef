package dev.sluice.reconciler.source;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * URL and digest of a source artifact, from the source's status.
 *
 * @param namespace namespace of the generator that requests it
 */
record SourceRequest(String namespace, String url, String digest) {

    /** Identifies the URL and digest, independent of the namespace. Fixed length. */
    String key() {
        byte[] text = (digest + " " + url).getBytes(StandardCharsets.UTF_8);
        return Digest.ofBytes(DigestAlgorithm.SHA256, text).hex();
    }

    /** Scheme, host and port. An invalid URL counts as its own host; the fetcher reports the error. */
    String host() {
        try {
            URI uri = URI.create(url);
            return uri.getHost() == null
                    ? key()
                    : "%s://%s:%d".formatted(uri.getScheme(), uri.getHost().toLowerCase(Locale.ROOT), uri.getPort());
        } catch (IllegalArgumentException notAUrl) {
            return key();
        }
    }
}

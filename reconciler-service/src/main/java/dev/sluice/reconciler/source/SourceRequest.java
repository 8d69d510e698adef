package dev.sluice.reconciler.source;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a source's status names: a URL and the digest that is promised for it.
 *
 * @param namespace in whose name it is asked
 */
record SourceRequest(String namespace, String url, String digest) {

    /** The same for everybody: who names another digest, or another URL, asks for something else. Of fixed length. */
    String key() {
        byte[] text = (digest + " " + url).getBytes(StandardCharsets.UTF_8);
        return Digest.ofBytes(DigestAlgorithm.SHA256, text).hex();
    }

    /** Scheme, host and port; a URL that cannot be read is its own host: the fetcher says what is wrong with it. */
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

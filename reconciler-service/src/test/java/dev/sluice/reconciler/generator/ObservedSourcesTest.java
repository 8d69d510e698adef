package dev.sluice.reconciler.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObservedSourcesTest {

    private static final ObservedSource APP =
            new ObservedSource("sha256:aa", "main@sha1:1", "http://h/a.tar.gz", "main@sha1:1");
    private static final ObservedSource LIB = new ObservedSource("sha256:bb", "v1", "http://h/b.tar.gz", null);

    /**
     * SHA-256 of {@code app=[digest=sha256:aa,revision=main@sha1:1,url=http://h/a.tar.gz]|} {@code
     * lib=[digest=sha256:bb,revision=v1,url=http://h/b.tar.gz]}, computed by another program.
     */
    private static final String GOLDEN = "sha256:03c9cbdae3f59dd1aff490bb9c90dbef3c2cb8d8486441be3c1ecfd6b3548f00";

    @Test
    void computesTheDigestOfTheReference() {
        assertThat(ObservedSources.of(Map.of("lib", LIB, "app", APP)).digest()).isEqualTo(GOLDEN);
    }

    @Test
    void excludesTheOriginRevisionFromTheDigest() {
        ObservedSource moved = new ObservedSource(APP.digest(), APP.revision(), APP.url(), "main@sha1:2");

        assertThat(ObservedSources.of(Map.of("lib", LIB, "app", moved)).digest())
                .isEqualTo(GOLDEN);
    }

    @Test
    void sortsPartsIncludingTheTextAfterTheAlias() {
        // '-' sorts before '=', so "a-b" comes before "a" although it is the longer alias
        String expected = new ObservedSources(new TreeMap<>(Map.of("a", APP, "a-b", LIB))).digest();

        assertThat(expected)
                .isEqualTo("sha256:"
                        + sha256("a-b=[digest=sha256:bb,revision=v1,url=http://h/b.tar.gz]|"
                                + "a=[digest=sha256:aa,revision=main@sha1:1,url=http://h/a.tar.gz]"));
    }

    @Test
    void resolvesAReferenceWithAnAtSign() {
        ObservedSources observed = ObservedSources.of(Map.of("app", APP));

        assertThat(observed.find("app")).contains(APP);
        assertThat(observed.find("other")).isEmpty();
    }

    private static String sha256(String text) {
        return Digest.ofBytes(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}

package dev.sluice.artifact.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiffeIdTest {

    @Test
    void consistsOfATrustDomainAndAPath() {
        assertThat(SpiffeId.parse("spiffe://a.org/ns/x")).isEqualTo(new SpiffeId("a.org", "/ns/x"));
        assertThat(SpiffeId.parse("spiffe://a.org")).isEqualTo(new SpiffeId("a.org", ""));
        assertThat(new SpiffeId("a.org", "/.../a")).hasToString("spiffe://a.org/.../a");
    }

    @ParameterizedTest
    @CsvSource({"'', /a", "a.org/a, /b", "A.org, ''", "a.org, a", "a.org, /", "a.org, /a/", "a.org, /../a", "a:1, ''"})
    void refusesInvalidParts(String trustDomain, String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpiffeId(trustDomain, path))
                .withMessage("not a valid SPIFFE ID");
    }

    @Test
    void hasAtMost2048Bytes() {
        String path = "/" + "a".repeat(2048 - "spiffe://a.org/".length());
        assertThat(new SpiffeId("a.org", path).toString()).hasSize(2048);
        assertThatIllegalArgumentException().isThrownBy(() -> new SpiffeId("a.org", path + "a"));
    }

    /** A peer's ID is read before its certificate is trusted, on a thread of the program. */
    @Test
    void manySegmentsNeedLittleStack() throws Exception {
        String path = "/a".repeat((2048 - "spiffe://a.org".length()) / 2);
        FutureTask<SpiffeId> parsed = new FutureTask<>(() -> SpiffeId.parse("spiffe://a.org" + path));
        new Thread(null, parsed, "small-stack", 256 * 1024).start();
        assertThat(parsed.get(60, TimeUnit.SECONDS).path()).isEqualTo(path);
    }
}

package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchAccessTest {

    private static final URI NAMED = URI.create("https://releases.example.com/app/1.0.tar.gz");

    @ParameterizedTest
    @CsvSource({
        "https://releases.example.com/elsewhere, true",
        "https://RELEASES.example.com:443/elsewhere, true",
        "https://releases.example.com:8443/elsewhere, false",
        "https://cdn.example.com/app/1.0.tar.gz, false",
        "http://releases.example.com/app/1.0.tar.gz, false",
    })
    void sendsCredentialsOnlyToTheRequestedServer(URI target, boolean sent) throws FetchException {
        assertThat(FetchAccess.open()
                        .withBearer("s3cret")
                        .authorization(NAMED, target)
                        .isPresent())
                .isEqualTo(sent);
    }

    /** Certificates and handshakes contain no absolute names. */
    @ParameterizedTest
    @CsvSource({
        "https://a.example./x./y.?z.#w., https://a.example/x./y.?z.#w.",
        "https://a.example.:8443, https://a.example:8443",
        "https://user.:p.@a.example.:8443/x, https://user.:p.@a.example:8443/x",
        "https://user.:p.@a.example/x, https://user.:p.@a.example/x",
        "https://[::1]:8443/x., https://[::1]:8443/x.",
        "https://a.example?x., https://a.example?x.",
        "http://a.example./x, http://a.example./x",
    })
    void connectsOverTlsWithoutTheFinalDotOfAHostName(URI url, URI connected) {
        assertThat(FetchAccess.open().connected(url)).isEqualTo(connected);
    }

    @Test
    void doesNotSendCredentialsOverHttp() {
        URI clear = URI.create("http://releases.example.com/app/1.0.tar.gz?sig=x");

        assertThatThrownBy(() -> FetchAccess.open().withBearer("s3cret").authorization(clear, clear))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("only sent over https")
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("sig=");
    }

    @Test
    void sendsNothingWithoutCredentials() throws FetchException {
        assertThat(FetchAccess.open().authorization(NAMED, NAMED)).isEmpty();
    }

    @Test
    void sendsUserAndPasswordAsBasicAuthentication() throws FetchException {
        // the example in RFC 7617
        assertThat(FetchAccess.open().withBasic("Aladdin", "open sesame").authorization(NAMED, NAMED))
                .contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void toStringContainsNoSecrets() {
        FetchAccess access = FetchAccess.open().withBasic("user", "s3cret");

        assertThat(access.toString()).contains("***").doesNotContain("user", "s3cret");
        assertThat(FetchOptions.defaults().withAccess(access).toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nHost: evil", "a\n", "ü"})
    void refusesInvalidTokens(String token) {
        assertThatThrownBy(() -> FetchAccess.open().withBearer(token))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("evil"));
    }

    @Test
    void refusesUserNamesWithAColon() {
        assertThatThrownBy(() -> FetchAccess.open().withBasic("a:b", "c")).isInstanceOf(IllegalArgumentException.class);
    }
}

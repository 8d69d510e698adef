package dev.sluice.artifact.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReloadingTlsTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("authority");

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();
    private SecretVolume secret;

    @BeforeEach
    void createVolume() throws IOException {
        secret = new SecretVolume(directory.resolve("tls"));
    }

    private ReloadingTls tls(TlsFiles files) {
        return ReloadingTls.of(files, Clock.systemUTC(), nanos::get);
    }

    private void afterASecond() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    record Key(String name, TestAuthority.Issued issued, boolean traditional) {
        String pem() {
            return traditional ? issued.traditionalKeyPem() : issued.keyPem();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Key> keys() {
        TestAuthority.Issued ec256 = AUTHORITY.issue();
        TestAuthority.Issued ec384 = AUTHORITY.issue(TestAuthority.keys("EC", 384));
        TestAuthority.Issued ec521 = AUTHORITY.issue(TestAuthority.keys("EC", 521));
        TestAuthority.Issued rsa = AUTHORITY.issue(TestAuthority.keys("RSA", 2048));
        return Stream.of(
                new Key("EC P-256, PKCS #8", ec256, false),
                new Key("EC P-256, SEC 1", ec256, true),
                new Key("EC P-384, SEC 1", ec384, true),
                new Key("EC P-521, SEC 1", ec521, true),
                new Key("RSA, PKCS #8", rsa, false),
                new Key("RSA, PKCS #1", rsa, true),
                new Key("Ed25519", AUTHORITY.issue(TestAuthority.keys("Ed25519", 0)), false));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void readsTheKeyFormatsOfOpensslAndCertManager(Key key) throws IOException {
        secret.write(Map.of("tls.crt", key.issued().certificatePem(), "tls.key", key.pem()));

        ReloadingTls tls = tls(secret.serverFiles());

        assertThat(tls.state().detail()).contains("TLS certificate \"CN=leaf\" is valid until");
        assertThat(tls.state().usable()).isTrue();
        assertThatCode(tls::serverEngine).doesNotThrowAnyException();
    }

    record Broken(String name, Map<String, String> files, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Broken> unusable() {
        TestAuthority.Issued issued = AUTHORITY.issue();
        String certificate = issued.certificatePem();
        String key = issued.keyPem();
        Instant now = Instant.now();
        TestAuthority.Issued expired = AUTHORITY.issue(now.minusSeconds(100), now.minusSeconds(1));
        TestAuthority.Issued early = AUTHORITY.issue(now.plusSeconds(1000), now.plusSeconds(2000));
        return Stream.of(
                new Broken("no certificate", Map.of("tls.key", key), "tls.crt\": no such file; mount the Secret"),
                new Broken("no key", Map.of("tls.crt", certificate), "tls.key\": no such file"),
                new Broken(
                        "key of another certificate",
                        Map.of(
                                "tls.crt",
                                certificate,
                                "tls.key",
                                AUTHORITY.issue().keyPem()),
                        "tls.key\": it is damaged or does not belong to the certificate"),
                new Broken(
                        "key of another type",
                        Map.of(
                                "tls.crt",
                                certificate,
                                "tls.key",
                                AUTHORITY.issue(TestAuthority.keys("RSA", 2048)).traditionalKeyPem()),
                        "tls.key\": it is damaged or does not belong"),
                new Broken(
                        "encrypted key",
                        Map.of(
                                "tls.crt",
                                certificate,
                                "tls.key",
                                "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                                        + "-----END EC PRIVATE KEY-----\n"),
                        "tls.key\": it is encrypted; use a key without a password"),
                new Broken(
                        "key where the certificate belongs",
                        Map.of("tls.crt", key, "tls.key", key),
                        "tls.crt\": it contains no certificate in PEM format"),
                new Broken(
                        "truncated certificate",
                        Map.of("tls.crt", certificate.replaceAll("(?s)\n.{100}", "\n"), "tls.key", key),
                        "tls.crt\": certificate 1 cannot be read"),
                new Broken(
                        "expired",
                        Map.of("tls.crt", expired.certificatePem(), "tls.key", expired.keyPem()),
                        "\"CN=leaf\" expired at "),
                new Broken(
                        "not valid yet",
                        Map.of("tls.crt", early.certificatePem(), "tls.key", early.keyPem()),
                        "\"CN=leaf\" is not valid before "));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void namesTheFileThatCannotBeUsedAndRecovers(Broken broken) throws IOException {
        secret.write(broken.files());
        ReloadingTls tls = tls(secret.serverFiles());

        assertThat(tls.state().usable()).isFalse();
        assertThat(tls.state().detail()).contains(broken.message()).doesNotContain("PRIVATE");
        assertThatThrownBy(tls::serverEngine).isInstanceOf(TlsUnavailableException.class);

        secret.write(AUTHORITY.issue(), "");
        afterASecond();
        assertThat(tls.state().usable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void keepsTheCurrentCertificateIfTheNewOneCannotBeUsed(Broken broken) throws IOException {
        secret.write(AUTHORITY.issue(), "");
        ReloadingTls tls = tls(secret.serverFiles());
        assertThat(tls.state().usable()).isTrue();

        secret.write(broken.files());
        afterASecond();

        assertThat(tls.state().usable()).isTrue();
        assertThatCode(tls::serverEngine).doesNotThrowAnyException();
    }

    @Test
    void isUnusableOnceTheCertificateExpiresWithoutAReplacement() throws IOException {
        Instant now = Instant.now();
        secret.write(AUTHORITY.issue(now.minusSeconds(60), now.plusSeconds(60)), "");
        AtomicLong seconds = new AtomicLong(now.getEpochSecond());
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(seconds.get());
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        ReloadingTls tls = ReloadingTls.of(secret.serverFiles(), clock, nanos::get);
        assertThat(tls.state().usable()).isTrue();

        secret.clear();
        seconds.addAndGet(120);
        afterASecond();

        assertThat(tls.state().usable()).isFalse();
        assertThat(tls.state().detail()).contains("expired at", "no such file");
        assertThatThrownBy(tls::serverEngine).isInstanceOf(TlsUnavailableException.class);
    }

    @Test
    void readsTheFilesAtMostOnceASecond() throws IOException {
        secret.write(AUTHORITY.issue(), "");
        ReloadingTls tls = tls(secret.serverFiles());
        var before = tls.clientSockets().trustManager();

        secret.write(AUTHORITY.issue(), "");
        assertThat(tls.clientSockets().trustManager()).isSameAs(before);
        afterASecond();
        assertThat(tls.clientSockets().trustManager()).isNotSameAs(before);
    }

    @Test
    void requiresAClientCertificateOnlyWithAuthorities() throws IOException {
        secret.write(AUTHORITY.issue(), AUTHORITY.pem());

        assertThat(tls(secret.serverFiles()).serverParameters().getNeedClientAuth())
                .isFalse();
        assertThat(tls(secret.allFiles()).serverParameters().getNeedClientAuth())
                .isTrue();
        assertThat(tls(secret.allFiles()).serverEngine().getEnabledProtocols()).containsExactly("TLSv1.3");
    }

    @Test
    void rejectsAnEmptyBundleOfAuthorities() throws IOException {
        Path empty = Files.writeString(directory.resolve("ca.crt"), "# none\n");

        assertThat(tls(TlsFiles.none().withAuthorities(empty)).state().detail())
                .contains("ca.crt\": it contains no certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TlsFiles(
                        java.util.Optional.of(empty), java.util.Optional.empty(), java.util.Optional.empty()));
    }

    @Test
    void aClientWithoutFilesTrustsTheAuthoritiesOfTheJvm() {
        ReloadingTls tls = tls(TlsFiles.none());

        assertThat(tls.state().usable()).isTrue();
        assertThat(tls.clientSockets().trustManager().getAcceptedIssuers()).isNotEmpty();
    }
}

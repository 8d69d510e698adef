package dev.sluice.artifact.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientVerificationTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("authority");

    @TempDir
    Path directory;

    private final Instant start = Instant.now();
    private final AtomicLong seconds = new AtomicLong();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return start.plusSeconds(seconds.get());
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
    private SecretVolume secret;
    private ReloadingTls tls;

    @BeforeEach
    void trustTheAuthority() throws IOException {
        secret = new SecretVolume(directory.resolve("tls"));
        secret.write(AUTHORITY.issue(), AUTHORITY.pem());
        tls = ReloadingTls.of(secret.allFiles(), clock, this::nanos);
    }

    private long nanos() {
        return Duration.ofSeconds(seconds.get()).toNanos();
    }

    private ClientVerification connected(X509Certificate... chain) {
        return connected(null, chain);
    }

    private ClientVerification connected(@Nullable X509TrustManager handshake, X509Certificate... chain) {
        SSLSession session = (SSLSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {SSLSession.class}, (proxy, method, arguments) -> {
                    if (chain.length == 0) {
                        throw new SSLPeerUnverifiedException("no certificate");
                    }
                    return chain;
                });
        return ClientVerification.of(tls, session, handshake, clock);
    }

    private X509Certificate validForSeconds(int validity) {
        return AUTHORITY
                .issue(start.minusSeconds(60), start.plusSeconds(validity))
                .certificate();
    }

    @Test
    void aConnectionEndsAfterAResponseOnceTheCertificatesHaveChanged() throws IOException {
        ClientVerification client = connected(validForSeconds(3600));
        seconds.set(10);
        assertThat(client.isAccepted()).isTrue();
        assertThat(client.isDue()).isFalse();

        secret.write(AUTHORITY.issue(), AUTHORITY.pem() + new TestAuthority("next").pem());
        seconds.set(11);

        assertThat(client.isAccepted()).isTrue();
        assertThat(client.isDue()).isTrue();
    }

    @Test
    void aClientIsRefusedWhenItsAuthorityWasRemoved() throws IOException {
        ClientVerification client = connected(validForSeconds(3600));

        secret.write(AUTHORITY.issue(), new TestAuthority("next").pem());
        // the files are read once a second
        seconds.set(1);

        assertThat(client.isAccepted()).isFalse();
        assertThat(client.isAccepted()).isFalse();
    }

    /** A client can wait with its first request, and its authority is removed meanwhile. */
    @Test
    void aClientIsRefusedWhenItsAuthorityWasRemovedBeforeTheFirstRequest() throws IOException {
        X509Certificate certificate = validForSeconds(3600);
        X509TrustManager handshake = tls.trustManager();
        assertThat(connected(handshake, certificate).isAccepted()).isTrue();

        secret.write(AUTHORITY.issue(), new TestAuthority("next").pem());
        seconds.set(1);

        assertThat(connected(handshake, certificate).isAccepted()).isFalse();
        assertThat(connected(certificate).isAccepted()).isFalse();
    }

    @Test
    void aConnectionEndsAfterItsFirstResponseIfTheCertificatesChangedBeforeIt() throws IOException {
        X509TrustManager handshake = tls.trustManager();
        secret.write(AUTHORITY.issue(), AUTHORITY.pem() + new TestAuthority("next").pem());
        seconds.set(1);

        ClientVerification client = connected(handshake, validForSeconds(3600));
        assertThat(client.isAccepted()).isTrue();
        assertThat(client.isDue()).isTrue();
    }

    @Test
    void aConnectionEndsAfterHalfOfTheRemainingValidityAndIsRefusedAfterAllOfIt() {
        ClientVerification client = connected(validForSeconds(-1), AUTHORITY.certificate());
        seconds.set(1);
        assertThat(client.isAccepted()).isFalse();

        ClientVerification other = connected(validForSeconds(101));
        seconds.set(50);
        assertThat(other.isDue()).isFalse();
        seconds.set(52);
        assertThat(other.isAccepted()).isTrue();
        assertThat(other.isDue()).isTrue();
    }

    @Test
    void clientsWithoutCertificatesAreNotVerified() throws IOException {
        ClientVerification client = connected();
        secret.write(AUTHORITY.issue(), new TestAuthority("next").pem());
        seconds.set(100_000);
        assertThat(client.isAccepted()).isTrue();
        assertThat(client.isDue()).isFalse();
    }
}

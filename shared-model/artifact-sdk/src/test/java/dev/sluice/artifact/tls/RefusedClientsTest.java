package dev.sluice.artifact.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of refused clients. */
class RefusedClientsTest {

    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private Duration now = Duration.ofDays(-1);
    private final RefusedClients refused = new RefusedClients(
            () -> now.toNanos(),
            (delay, task) -> {
                delays.add(delay);
                scheduled.add(task);
            },
            (reason, also) -> lines.add(reason + " +" + also));

    private void runScheduled() {
        now = now.plus(delays.remove(0));
        scheduled.remove().run();
    }

    @Test
    void logsTheFirstAtOnceAndTheRestOfABurstAtItsEnd() {
        refused.report("a");
        now = now.plusSeconds(1);
        List.of("b", "c", "d").forEach(refused::report);
        assertThat(lines).containsExactly("a +0");
        assertThat(delays).containsExactly(Duration.ofSeconds(9));

        runScheduled();

        assertThat(lines).containsExactly("a +0", "d +2");
        assertThat(scheduled).isEmpty();
    }

    @Test
    void logsAtMostOneInTenSeconds() {
        refused.report("a");
        refused.report("b");
        runScheduled();
        now = now.plusSeconds(4);
        refused.report("c");
        assertThat(delays).containsExactly(Duration.ofSeconds(6));
        runScheduled();
        now = now.plusSeconds(10);
        refused.report("d");
        assertThat(lines).containsExactly("a +0", "b +0", "c +0", "d +0");
        assertThat(scheduled).isEmpty();
    }

    /** A late scheduler neither loses a client nor counts one twice. */
    @Test
    void countsClientsUntilADelayedEnd() {
        refused.report("a");
        refused.report("b");
        now = now.plusSeconds(30);
        refused.report("c");
        scheduled.remove().run();
        assertThat(lines).containsExactly("a +0", "c +1");
    }

    @Test
    void namesTheCertificateThatAnAuthoritiesFileDoesNotCover() throws Exception {
        TestAuthority own = new TestAuthority("own");
        ReportingTrustManager trust = new ReportingTrustManager(trusting(own), refused);

        trust.checkClientTrusted(chainOf(own), "EC");
        assertThat(lines).isEmpty();

        assertThatThrownBy(() -> trust.checkClientTrusted(chainOf(new TestAuthority("stran\nger")), "EC"))
                .isInstanceOf(CertificateException.class);
        assertThat(lines).singleElement().asString().startsWith("the client's certificate \"CN=leaf\" from \"CN=stran");
        assertThat(lines.get(0)).contains("\" is not trusted: PKIX path").doesNotContain("\n");
    }

    @Test
    void namesTheFailureOfAHandshakeWithoutACertificate() {
        refused.reportHandshake("/10.0.0.1:99", new SSLHandshakeException("Empty client certificate chain"));
        assertThat(lines)
                .containsExactly("the TLS handshake with /10.0.0.1:99 failed: Empty client certificate chain +0");
    }

    /** The trust manager has reported the first; in the second, the client refused the server. */
    @Test
    void doesNotReportAHandshakeTwiceOrThatTheClientEnded() {
        SSLException untrusted = new SSLHandshakeException("not trusted");
        untrusted.initCause(new SSLHandshakeException("PKIX").initCause(new CertificateException("PKIX")));
        refused.reportHandshake("/10.0.0.1:99", untrusted);
        refused.reportHandshake(
                "/10.0.0.1:99", new SSLHandshakeException("(bad_certificate) Received fatal alert: bad_certificate"));
        assertThat(lines).isEmpty();
        assertThat(scheduled).isEmpty();
    }

    @Test
    void reportsTheClientsThatTheAuthoritiesInFilesDoNotCover(@TempDir Path directory) throws Exception {
        SecretVolume secret = new SecretVolume(directory.resolve("secret"));
        TestAuthority authority = new TestAuthority("own");
        secret.write(authority.issue(), authority.pem());
        assertThat(ReloadingTls.of(secret.allFiles()).trustManager()).isInstanceOf(ReportingTrustManager.class);
    }

    private static X509Certificate[] chainOf(TestAuthority authority) {
        return new X509Certificate[] {
            authority.issue(new GeneralName(GeneralName.dNSName, "client")).certificate()
        };
    }

    private static X509ExtendedTrustManager trusting(TestAuthority authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }
}

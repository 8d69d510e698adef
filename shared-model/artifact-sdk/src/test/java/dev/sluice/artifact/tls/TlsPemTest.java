package dev.sluice.artifact.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PEM data that others choose, such as that of a Secret. */
class TlsPemTest {

    private static final int LIMIT = 1024 * 1024;

    private final TestAuthority authority = new TestAuthority("authority");

    private static void clientContext(String name, String pem) throws Exception {
        assertThat(TlsPem.clientContext(Map.of(name, pem.getBytes(StandardCharsets.ISO_8859_1))))
                .isNotNull();
    }

    private static void assertRefused(String authorities, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> clientContext("ca.crt", authorities))
                .withMessageContaining(message);
    }

    private static String fill(String line) {
        return line.repeat(LIMIT / line.length());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsManyBlocksWithoutAnEndInLinearTime() {
        assertRefused(
                fill("-----BEGIN CERTIFICATE-----\n"),
                "cannot use TLS entry ca.crt: certificate 1 cannot be read: its END line is missing");
        assertRefused(fill("-----BEGIN A-----\n"), "it contains no certificate in PEM format");
        assertRefused(fill("-----END CERTIFICATE-----\n"), "it contains no certificate in PEM format");
        assertRefused(fill("-----BEGIN "), "it contains no certificate in PEM format");
        assertRefused(fill("-"), "it contains no certificate in PEM format");
    }

    @Test
    void limitsTheSize() {
        assertRefused("-".repeat(LIMIT + 1), "cannot use TLS entry ca.crt: it is larger than 1048576 bytes");
    }

    @Test
    void readsCertificatesBetweenOtherTextAndBlocks() {
        String text = "issuer=/CN=a\n-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n" + authority.pem()
                + "-----BEGIN lower case-----\n-----END CERTIFICATE-----\n" + authority.pem() + "end\n";
        assertThatCode(() -> clientContext("ca.crt", text)).doesNotThrowAnyException();
    }

    @Test
    void refusesATruncatedCertificateAmongOthers() {
        String truncated = authority.pem().replaceFirst("-----END (?s:.*)", "");
        assertRefused(truncated + authority.pem(), "certificate 1 cannot be read: its END line is missing");
        assertRefused(authority.pem() + truncated, "certificate 2 cannot be read: its END line is missing");
        assertRefused(truncated + "-----END X509 CRL-----\n", "certificate 1 cannot be read: its END line is missing");
    }

    @Test
    void refusesATruncatedKey() {
        TestAuthority.Issued issued = authority.issue();
        byte[] truncated = issued.keyPem().replaceFirst("-----END (?s:.*)", "").getBytes(StandardCharsets.US_ASCII);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        TlsPem.keyManagers(issued.certificatePem().getBytes(StandardCharsets.US_ASCII), truncated))
                .withMessage("cannot use TLS client key: its END line is missing");
    }
}

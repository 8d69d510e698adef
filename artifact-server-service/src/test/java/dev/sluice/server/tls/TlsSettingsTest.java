package dev.sluice.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.runtime.StartFailureException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Combinations of the flags of TLS. */
class TlsSettingsTest {

    @Test
    void refusesFlagsThatDoNotBelongTogether() {
        assertRefused("a.crt", "", "", "", "--tls-cert-file and --tls-private-key-file must be set together");
        assertRefused("", "a.key", "", "", "--tls-cert-file and --tls-private-key-file must be set together");
        assertRefused("", "", "ca.crt", "", "--client-ca-file has no effect without TLS");
        assertRefused("a.crt", "a.key", "", "spiffe://self", "cannot be set together");
        assertRefused(
                "", "", "ca.crt", "spiffe://self", "cannot be set together: the Workload API sends the authorities");
    }

    private static void assertRefused(String certificate, String key, String authorities, String ids, String message) {
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> new TlsSettings(certificate, key, authorities, ids, ""))
                .withMessageContaining(message);
    }

    @Test
    void needsTheWorkloadApiForSpiffeIds() {
        TlsSettings settings = new TlsSettings("", "", "", "spiffe://self,spiffe://a.org/x", "");
        assertThat(settings.authorizedClients()).hasToString("spiffe://self,spiffe://a.org/x");
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> new ArtifactPortTls(settings, new SimpleMeterRegistry()))
                .withMessageContaining("set SPIFFE_ENDPOINT_SOCKET or --spiffe-endpoint-socket to its address");
    }
}

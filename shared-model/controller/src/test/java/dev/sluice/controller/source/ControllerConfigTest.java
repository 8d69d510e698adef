package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchLimits;
import dev.sluice.artifact.fetch.MinimumRate;
import dev.sluice.artifact.spiffe.FakeWorkloadApi;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.TrustDomain;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerConfigTest {

    @TempDir
    Path volume;

    private ControllerConfig parse(Map<String, String> environment, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--storage-path=" + volume);
        return ControllerConfig.parse(all, environment, Set.of("http-retry"), Set.of());
    }

    @Test
    void hasTheDefaultsOfFluxControllers() {
        ControllerConfig config = parse(Map.of("RUNTIME_NAMESPACE", "flux-system"));

        assertThat(config.namespace()).isEmpty();
        assertThat(config.ownNamespace()).isEqualTo("flux-system");
        assertThat(config.concurrent()).isEqualTo(4);
        assertThat(config.leaderElection()).isFalse();
        assertThat(config.noCrossNamespaceRefs()).isFalse();
        assertThat(config.addresses().health()).hasToString(":9440");
        assertThat(config.addresses().metrics()).hasToString(":8080");
        assertThat(config.addresses().events()).isEmpty();
        assertThat(config.downloads())
                .isEqualTo(FetchLimits.none().withMaxBytes(256L << 20).withMinimumRate(MinimumRate.of(16 << 10)));
        assertThat(parse(Map.of("RUNTIME_NAMESPACE", "")).ownNamespace()).isEqualTo("default");
    }

    @Test
    void readsEachFlagAndThoseOfTheProgram() {
        ControllerConfig config = parse(
                Map.of("RUNTIME_NAMESPACE", "apps"),
                "--watch-all-namespaces=false",
                "--concurrent=7",
                "--enable-leader-election",
                "--no-cross-namespace-refs",
                "--health-addr=127.0.0.1:0",
                "--metrics-addr=[::1]:8081",
                "--events-addr=http://notification-controller/",
                "--source-max-download-bytes=1Gi",
                "--source-min-rate=0",
                "--http-retry=2");

        assertThat(config.namespace()).isEqualTo("apps");
        assertThat(config.concurrent()).isEqualTo(7);
        assertThat(config.leaderElection() && config.noCrossNamespaceRefs()).isTrue();
        assertThat(config.addresses().health()).hasToString("127.0.0.1:0");
        assertThat(config.addresses().metrics()).hasToString("[::1]:8081");
        assertThat(config.addresses().events()).isEqualTo("http://notification-controller/");
        assertThat(config.downloads())
                .isEqualTo(FetchLimits.none().withMaxBytes(1L << 30).withMinimumRate(MinimumRate.none()));
        assertThat(config.flags().value("http-retry")).contains("2");
    }

    @Test
    void servesAndFetchesWithTheCertificatesOfTheFlags() {
        ControllerConfig plain = parse(Map.of(), "--storage-adv-addr=artifacts.test");
        assertThat(plain.tls().isServer()).isFalse();
        assertThat(plain.storage().options().advertisedAddress()).isEqualTo("artifacts.test");

        ControllerConfig config = parse(
                Map.of(),
                "--storage-adv-addr=artifacts.test",
                "--tls-cert-file=/s/tls.crt",
                "--tls-private-key-file=/s/tls.key",
                "--client-ca-file=/s/ca.crt",
                "--ca-file=/c/ca.crt",
                "--client-cert-file=/c/tls.crt",
                "--client-key-file=/c/tls.key",
                "--client-cert-hosts=Files.test., [::1]");
        assertThat(config.tls().server())
                .isEqualTo(TlsFiles.none()
                        .withCertificate(Path.of("/s/tls.crt"), Path.of("/s/tls.key"))
                        .withAuthorities(Path.of("/s/ca.crt")));
        assertThat(config.tls().client())
                .isEqualTo(TlsFiles.none()
                        .withCertificate(Path.of("/c/tls.crt"), Path.of("/c/tls.key"))
                        .withAuthorities(Path.of("/c/ca.crt")));
        assertThat(config.storage().options().advertisedAddress()).isEqualTo("https://artifacts.test");
        assertThat(List.of("files.test", "files.test.", "FILES.test", "::1", "[::1]"))
                .allMatch(config.tls()::presentsCertificateTo);
        assertThat(List.of("test", "a.files.test", "files.test.evil", "127.0.0.1", ""))
                .noneMatch(config.tls()::presentsCertificateTo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.test:443", "https://a.test", "a b", "*.test", "a..b"})
    void namesAHostThatIsNone(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        parse(Map.of(), "--client-cert-file=a", "--client-key-file=b", "--client-cert-hosts=" + host))
                .withMessageContaining("--client-cert-hosts");
    }

    @Test
    void namesTheVariableOfAnInvalidWorkloadApi() {
        Map<String, String> environment = Map.of("SPIFFE_ENDPOINT_SOCKET", "agent.sock");
        for (String peer : List.of("artifact-client", "artifact-server", "event-server")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parse(environment, "--authorized-" + peer + "-spiffe-id=spiffe://example.org"))
                    .withMessageStartingWith("SPIFFE_ENDPOINT_SOCKET: \"agent.sock\" is not an address");
        }
        assertThat(parse(environment).tls().spiffe().endpointSocket())
                .as("not used")
                .isEqualTo("agent.sock");
    }

    @Test
    void authorizesSpiffeIdsOfTheFlags() {
        Map<String, String> environment = Map.of("SPIFFE_ENDPOINT_SOCKET", "unix:///none.sock");
        ControllerConfig config = parse(
                environment,
                "--storage-adv-addr=artifacts.test",
                "--authorized-artifact-client-spiffe-id=spiffe://self/ns/flux-system/",
                "--authorized-artifact-client-spiffe-id",
                "spiffe://example.org");
        assertThat(config.tls().spiffe().artifactClients().map(Object::toString))
                .contains("spiffe://self/ns/flux-system/,spiffe://example.org");
        assertThat(config.storage().options().advertisedAddress()).isEqualTo("artifacts.test");
        try (ControllerCertificates certificates = new ControllerCertificates(config.tls())) {
            assertThat(certificates.server()).containsInstanceOf(SpiffeTls.class);
            assertThat(certificates.events()).isNotInstanceOf(SpiffeTls.class);
            assertThat(certificates.access()).as("downloads").isEqualTo(FetchAccess.open());
            assertThat(certificates.areUsable()).isFalse();
        }
        assertThat(parse(environment, "--authorized-event-server-spiffe-id=spiffe://self")
                        .tls()
                        .spiffe()
                        .eventServers())
                .isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(
                        environment,
                        "--authorized-artifact-client-spiffe-id=spiffe://self",
                        "--tls-cert-file=a",
                        "--tls-private-key-file=b"))
                .withMessageContaining("cannot be set together");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(
                        environment, "--authorized-artifact-client-spiffe-id=spiffe://self", "--client-ca-file=a"))
                .withMessage("--client-ca-file and --authorized-artifact-client-spiffe-id cannot be set together: the"
                        + " Workload API sends the authorities of clients; remove --client-ca-file");
    }

    /** As in the reconciler: the SVID replaces the files for downloads, but not for events. */
    @Test
    void downloadsWithTheSvidIfIdsOfArtifactServersAreAuthorized() {
        ControllerConfig config = parse(
                Map.of("SPIFFE_ENDPOINT_SOCKET", "unix:///none.sock"),
                "--authorized-artifact-server-spiffe-id=spiffe://self/ns/flux-system/",
                "--authorized-artifact-server-spiffe-id",
                "spiffe://example.org",
                "--client-cert-file=/c/tls.crt",
                "--client-key-file=/c/tls.key",
                "--client-cert-hosts=files.test");
        assertThat(config.tls().spiffe().artifactServers().map(Object::toString))
                .contains("spiffe://self/ns/flux-system/,spiffe://example.org");
        try (ControllerCertificates certificates = new ControllerCertificates(config.tls())) {
            assertThat(certificates.access()).hasToString("FetchAccess[tls=SPIFFE, credentials=none]");
            assertThat(certificates.server()).isEmpty();
            assertThat(certificates.events()).isInstanceOf(ReloadingTls.class);
        }
    }

    @Test
    void isNotReadyWithoutAnSvidForDownloads() {
        Map<String, String> environment = Map.of("SPIFFE_ENDPOINT_SOCKET", "unix:///none.sock");
        ControllerConfig config = parse(environment, "--authorized-artifact-server-spiffe-id=spiffe://self");
        try (ControllerCertificates certificates = new ControllerCertificates(config.tls());
                ControllerCertificates none =
                        new ControllerCertificates(parse(environment).tls())) {
            assertThat(certificates.areUsable()).isFalse();
            assertThat(none.areUsable()).isTrue();
        }
    }

    /** A pod that is not ready serves nothing, so an expired certificate of its clients must not matter to consumers. */
    @Test
    void staysReadyIfOnlyTheCertificateOfItsClientsExpires(@TempDir Path directory) throws IOException {
        TrustDomain domain = new TrustDomain("own.org");
        try (FakeWorkloadApi api = FakeWorkloadApi.open(directory.resolve("api.sock"));
                ControllerCertificates clients = certificates(
                        api,
                        "--authorized-artifact-server-spiffe-id=spiffe://self",
                        "--authorized-event-server-spiffe-id=spiffe://self");
                ControllerCertificates server =
                        certificates(api, "--authorized-artifact-client-spiffe-id=spiffe://self")) {
            assertThat(clients.areUsable()).isFalse();
            api.publish(domain.update("/own"));
            await().until(() -> clients.areUsable() && server.areUsable());

            Instant now = Instant.now();
            api.publish(
                    domain.update("/own", domain.issue("/own", now.minusSeconds(60), now), List.of(domain), List.of()));
            await().until(() -> !server.areUsable());
            await().until(() -> !clients.events().state().usable());
            assertThat(clients.areUsable()).isTrue();
        }
    }

    private ControllerCertificates certificates(FakeWorkloadApi api, String... flags) {
        return new ControllerCertificates(
                parse(Map.of("SPIFFE_ENDPOINT_SOCKET", api.address()), flags).tls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--authorized-artifact-client-spiffe-id=spiffe://self",
                "--authorized-artifact-server-spiffe-id=spiffe://self",
                "--authorized-artifact-server-spiffe-id=",
                "--authorized-event-server-spiffe-id=",
                "--concurrent=0",
                "--concurrent=many",
                "--enable-leader-election=maybe",
                "--health-addr=9440",
                "--metrics-addr=x",
                "--events-addr=notification-controller",
                "--watch-all-namespaces=false",
                "--tls-cert-file=x",
                "--client-key-file=x",
                "--client-cert-hosts=a.test",
                "--source-max-download-bytes=0",
                "--source-max-download-bytes=much",
                "--source-min-rate=-1",
                "--source-min-rate=0.5",
                "--source-url-prefixes=ftp://x",
                "--client-ca-file=x",
                "--unknown=1"
            })
    void namesAnInvalidFlag(String flag) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Map.of(), flag))
                .withMessageContaining(flag.replaceAll("=.*", "").substring(2));
    }
}

package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Releases behind a private authority, with client certificate and credentials that must never be disclosed. */
@KubernetesTest
@Timeout(120)
final class PrivateUpstreamIT {

    private static final Certificates CERTIFICATES = new Certificates();
    private static final String PASSWORD = "pa55wordOfTheUpstream";
    private static final String TOKEN = "t0kenOfTheUpstream";
    private static final String BASIC = "Basic " + base64("flux:" + PASSWORD);

    @TempDir
    Path volume;

    @TempDir
    Path files;

    private final KubernetesApi api;
    private final Cluster cluster;
    private final ObjectKey key;
    private final CapturedLog log = new CapturedLog();
    private UpstreamServer upstream;
    private Running running;

    PrivateUpstreamIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.cluster = new Cluster(api.newClient());
        this.key = new ObjectKey(namespace, "app");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        cluster.installDefinitions();
        upstream = UpstreamServer.https(CERTIFICATES.serverContext());
        upstream.release("1.0.0", "kind: One");
        running = Running.start(api, key.namespace(), volume);
    }

    /** After each test: log, objects, events and files contain no secrets. */
    @AfterEach
    void stopAndSearchForSecrets() throws IOException {
        running.close();
        upstream.close();
        log.close();
        List<String> secrets = List.of(
                PASSWORD,
                TOKEN,
                base64("flux:" + PASSWORD),
                base64(PASSWORD),
                CERTIFICATES.clientKeyPem().lines().skip(1).findFirst().orElseThrow(),
                CERTIFICATES.clientKeyPkcs8().lines().skip(1).findFirst().orElseThrow());
        String written = cluster.everythingWritten(key.namespace());
        assertThat(log.text()).doesNotContain(secrets);
        assertThat(written).contains("ProjectRelease").doesNotContain(secrets);
        try (Stream<Path> files = Files.walk(volume).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secrets);
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void apply(String more) throws IOException {
        cluster.apply("""
                apiVersion: examples.sluice.dev/v1
                kind: ProjectRelease
                metadata: {name: %s, namespace: %s}
                spec:
                  url: %s
                  version: 1.0.0
                  file: app-{version}.tar.gz
                  checksumFile: SHA256SUMS
                  interval: 1h
                  %s
                """.formatted(key.name(), key.namespace(), upstream.url(), more));
    }

    private void secret(String name, Map<String, String> data) throws IOException {
        cluster.secret(new ObjectKey(key.namespace(), name), data);
    }

    private void certificates(String clientKey) throws IOException {
        secret(
                "tls",
                Map.of(
                        "ca.crt", CERTIFICATES.authorityPem(),
                        "tls.crt", CERTIFICATES.clientPem(),
                        "tls.key", clientKey));
    }

    private void awaitReady() {
        await().until(() -> cluster.release(key).orElseThrow().isReady());
    }

    private String awaitFailure(String part) {
        ProjectRelease failed = await().until(
                        () -> cluster.release(key).orElseThrow(),
                        release -> Cluster.conditions(release.conditions()).contains("Ready=False FetchFailed")
                                && Cluster.message(release).contains(part));
        return Cluster.message(failed);
    }

    @Test
    void fetchesWithPasswordAndCertificates() throws IOException {
        upstream.requireAuthorization(BASIC);
        certificates(CERTIFICATES.clientKeyPem());
        secret("login", Map.of("username", "flux", "password", PASSWORD));

        apply("secretRef: {name: login}\n  certSecretRef: {name: tls}");

        awaitReady();
        assertThat(cluster.artifact(key)).isPresent();
    }

    @Test
    void fetchesWithToken() throws IOException {
        upstream.requireAuthorization("Bearer " + TOKEN);
        certificates(CERTIFICATES.clientKeyPkcs8());
        secret("login", Map.of("bearerToken", TOKEN));

        apply("secretRef: {name: login}\n  certSecretRef: {name: tls}");

        awaitReady();
    }

    /** The certificates of the flags: of the artifact server, and for the upstream servers that they name. */
    @Test
    void servesAndFetchesWithCertificatesFromFiles() throws IOException {
        restart("elsewhere.test");
        apply("");
        awaitFailure("failed");
        assertThat(upstream.requests()).isEmpty();

        restart("elsewhere.test,127.0.0.1");
        awaitReady();

        Artifact artifact =
                cluster.artifact(key).flatMap(ExternalArtifact::artifact).orElseThrow();
        assertThat(artifact.url()).startsWith("https://" + Running.ADDRESS + "/");
        TlsFiles trust = TlsFiles.none().withAuthorities(files.resolve("ca.crt"));
        Path target = files.resolve("downloaded");
        running.download(artifact, target, FetchAccess.open().withTls(ReloadingTls.of(trust)));
        assertThat(target).isNotEmptyFile();
    }

    private void restart(String clientCertificateHosts) throws IOException {
        running.close();
        running = Running.start(
                api,
                key.namespace(),
                volume,
                "--tls-cert-file=" + file("server.crt", CERTIFICATES.serverPem()),
                "--tls-private-key-file=" + file("server.key", CERTIFICATES.serverKeyPem()),
                "--ca-file=" + file("ca.crt", CERTIFICATES.authorityPem()),
                "--client-cert-file=" + file("client.crt", CERTIFICATES.clientPem()),
                "--client-key-file=" + file("client.key", CERTIFICATES.clientKeyPem()),
                "--client-cert-hosts=" + clientCertificateHosts);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(files.resolve(name), text);
    }

    @Test
    void usesNewPasswordInNextRun() throws IOException {
        upstream.requireAuthorization(BASIC);
        certificates(CERTIFICATES.clientKeyPem());
        secret("login", Map.of("username", "flux", "password", PASSWORD + "-of-last-year"));
        apply("secretRef: {name: login}\n  certSecretRef: {name: tls}");
        awaitFailure("401");

        secret("login", Map.of("username", "flux", "password", PASSWORD));

        awaitReady();
    }

    @Test
    void rejectsUnknownAuthority() throws IOException {
        upstream.requireAuthorization(BASIC);
        secret("login", Map.of("username", "flux", "password", PASSWORD));
        apply("secretRef: {name: login}");

        awaitFailure("the server's certificate is not trusted");

        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void failsWithoutClientCertificate() throws IOException {
        secret("tls", Map.of("ca.crt", CERTIFICATES.authorityPem()));
        apply("certSecretRef: {name: tls}");

        awaitFailure("failed");

        assertThat(upstream.requests()).isEmpty();
    }

    @Test
    void namesInvalidSecretWithoutItsContent() throws IOException {
        secret("tls", Map.of("ca.crt", "-----BEGIN-" + TOKEN));
        apply("certSecretRef: {name: tls}");
        awaitFailure("Secret 'tls' is invalid: cannot use TLS entry ca.crt");

        apply("secretRef: {name: login}\n  certSecretRef: {name: tls}".replace("tls", "absent"));
        awaitFailure("Secret 'absent' does not exist");
    }
}

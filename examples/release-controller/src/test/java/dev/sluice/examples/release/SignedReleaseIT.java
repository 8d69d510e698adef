package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code spec.verify} decides whether a release is published. */
@KubernetesTest
@Timeout(180)
final class SignedReleaseIT {

    private static final KeyPair PAIR = keyPair();

    @TempDir
    Path volume;

    private final KubernetesApi api;
    private final Cluster cluster;
    private final ObjectKey key;
    private UpstreamServer upstream;
    private Running running;

    SignedReleaseIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.cluster = new Cluster(api.newClient());
        this.key = new ObjectKey(namespace, "app");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @BeforeEach
    void start() throws IOException {
        cluster.installDefinitions();
        upstream = UpstreamServer.http();
        upstream.release("1.0.0", "kind: One");
        running = Running.start(api, key.namespace(), volume);
    }

    @AfterEach
    void stop() {
        running.close();
        upstream.close();
    }

    @Test
    void requiresSignatureOfOneKey() throws Exception {
        keys(Map.of("a.pub", pem(keyPair()), "b.pub", pem(PAIR)));
        upstream.put("1.0.0", "app-1.0.0.tar.gz.sig", sign(upstream.archive("1.0.0")));

        apply("1.0.0", "provider: cosign, secretRef: {name: keys}");

        await().until(() -> cluster.release(key).orElseThrow().isReady());
        assertThat(Cluster.conditions(release().conditions())).contains("SourceVerified=True Succeeded");
        assertThat(message("SourceVerified"))
                .isEqualTo("verified signature of app-1.0.0.tar.gz with key 'b.pub' of Secret 'keys'");
        assertThat(cluster.artifact(key)).isPresent();

        upstream.release("2.0.0", "kind: Two");
        upstream.put("2.0.0", "app-2.0.0.tar.gz.sig", sign(upstream.archive("1.0.0")));
        apply("2.0.0", "provider: cosign, secretRef: {name: keys}");

        awaitFailure("VerificationError", "matches none of the 2 key(s) of Secret 'keys'");
        assertThat(Cluster.conditions(release().conditions())).contains("SourceVerified=False VerificationError");
        assertThat(cluster.artifact(key).orElseThrow().artifact().orElseThrow().revision())
                .as("the published artifact stays")
                .startsWith("1.0.0@");

        upstream.put("2.0.0", "app-2.0.0.tar.gz.sig", sign(upstream.archive("2.0.0")));
        await().until(() -> cluster.release(key).orElseThrow().isReady());
        assertThat(Cluster.conditions(release().conditions())).contains("SourceVerified=True Succeeded");

        apply("2.0.0", null);
        await().until(() -> !Cluster.conditions(release().conditions()).contains("SourceVerified=True Succeeded"));
    }

    /** Archive, key and bundle of the real binary; see their README. */
    @Test
    void publishesReleaseSignedByCosignForItsKeyOnly() throws Exception {
        byte[] archive = recorded("app-1.0.0.tar.gz");
        upstream.put("1.0.0", "app-1.0.0.tar.gz", archive);
        upstream.checksums("1.0.0", Digest.ofBytes(DigestAlgorithm.SHA256, archive));
        upstream.put("1.0.0", "app-1.0.0.tar.gz.sigstore.json", recorded("app-1.0.0.tar.gz.sigstore.json"));
        String verify =
                "provider: cosign, secretRef: {name: keys}, signatureFile: 'app-{version}.tar.gz.sigstore.json'";

        keys(Map.of("cosign.pub", new String(recorded("p384.pub"), StandardCharsets.UTF_8)));
        apply("1.0.0", verify);
        awaitFailure("VerificationError", "matches none of the 1 key(s) of Secret 'keys'");
        assertThat(cluster.artifact(key)).isEmpty();

        keys(Map.of("cosign.pub", new String(recorded("p256.pub"), StandardCharsets.UTF_8)));
        await().until(() -> release().isReady());
        assertThat(message("SourceVerified"))
                .isEqualTo("verified signature of app-1.0.0.tar.gz with key 'cosign.pub' of Secret 'keys'");
        assertThat(cluster.artifact(key)).isPresent();
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = SignedReleaseIT.class.getResourceAsStream("upstream/cosign/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    @Test
    void doesNotPublishWithoutSignature() throws Exception {
        keys(Map.of("a.pub", pem(PAIR)));
        apply("1.0.0", "provider: cosign, secretRef: {name: keys}");
        awaitFailure("FetchFailed", "app-1.0.0.tar.gz.sig");

        upstream.put("1.0.0", "app.bundle", "<html>".getBytes(StandardCharsets.UTF_8));
        apply("1.0.0", "provider: cosign, secretRef: {name: keys}, signatureFile: app.bundle");
        awaitFailure("VerificationError", "'app.bundle': neither a base64 signature nor a bundle");

        assertThat(cluster.artifact(key)).isEmpty();
    }

    @Test
    void namesSecretWithoutKey() throws Exception {
        apply("1.0.0", "provider: cosign, secretRef: {name: keys}");
        awaitFailure("FetchFailed", "Secret 'keys' does not exist");

        keys(Map.of("cosign.key", "secret-of-somebody"));
        awaitFailure("FetchFailed", "Secret 'keys' has no public key: no entry ends in .pub");

        keys(Map.of("cosign.pub", "secret-of-somebody"));
        awaitFailure("FetchFailed", "Secret 'keys' has an invalid key 'cosign.pub': not an ECDSA");
        assertThat(cluster.everythingWritten(key.namespace())).doesNotContain("secret-of-somebody");
    }

    @Test
    void keylessSignatureRequiresTrustedRoot() throws Exception {
        cluster.secret(new ObjectKey(key.namespace(), "root"), Map.of("trusted_root.json", "{"));
        upstream.put("1.0.0", "app-1.0.0.tar.gz.sigstore.json", "{}".getBytes(StandardCharsets.UTF_8));
        apply(
                "1.0.0",
                "provider: cosign, matchOIDCIdentity: [{issuer: a, subject: b}], trustedRootSecretRef: {name: root}");

        awaitFailure("VerificationError", "trusted_root.json is not a valid Sigstore trusted root");
        assertThat(cluster.artifact(key)).isEmpty();
    }

    @Test
    void crdRejectsInvalidSpecs() {
        assertThatThrownBy(() -> apply("1.0.0", "provider: notation, secretRef: {name: keys}"))
                .hasMessageContaining("notation");
        assertThatThrownBy(() -> apply("1.0.0", "provider: cosign"))
                .hasMessageContaining("verify requires secretRef, or matchOIDCIdentity and trustedRootSecretRef");
        assertThatThrownBy(() -> apply("1.0.0", "provider: cosign, matchOIDCIdentity: [{issuer: a, subject: b}]"))
                .hasMessageContaining("verify requires secretRef, or matchOIDCIdentity and trustedRootSecretRef");
    }

    private void apply(String version, @Nullable String verify) throws IOException {
        cluster.apply("""
            apiVersion: examples.sluice.dev/v1
            kind: ProjectRelease
            metadata: {name: %s, namespace: %s}
            spec:
              url: %s
              version: %s
              file: app-{version}.tar.gz
              checksumFile: SHA256SUMS
              interval: 1s
              %s
            """.formatted(
                        key.name(),
                        key.namespace(),
                        upstream.url(),
                        version,
                        verify == null ? "suspend: false" : "verify: {" + verify + "}"));
    }

    private void keys(Map<String, String> data) throws IOException {
        cluster.secret(new ObjectKey(key.namespace(), "keys"), data);
    }

    private ProjectRelease release() throws IOException {
        return cluster.release(key).orElseThrow();
    }

    private String message(String type) throws IOException {
        return release().conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElseThrow()
                .getMessage();
    }

    private void awaitFailure(String reason, String part) {
        await().until(
                        this::release,
                        release -> Cluster.conditions(release.conditions()).contains("Ready=False " + reason)
                                && Cluster.message(release).contains(part));
    }

    private static byte[] sign(byte[] content) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(PAIR.getPrivate());
        signer.update(content);
        return Base64.getEncoder().encode(signer.sign());
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

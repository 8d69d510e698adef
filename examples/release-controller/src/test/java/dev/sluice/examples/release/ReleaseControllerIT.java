package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.fetch.RetryableFetchException;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.object.Owners;
import dev.sluice.controller.source.BuildFailure;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life cycle of releases from an open server, on every available API. */
@KubernetesTest
@Timeout(120)
final class ReleaseControllerIT {

    @TempDir
    Path volume;

    @TempDir
    Path downloads;

    private final KubernetesApi api;
    private final Cluster cluster;
    private final ObjectKey key;
    private UpstreamServer upstream;

    ReleaseControllerIT(KubernetesApi api, @TestNamespace String namespace) {
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
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private Running running(String... flags) throws IOException {
        return Running.start(api, key.namespace(), volume, flags);
    }

    private void apply(String version, String more) throws IOException {
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
            """.formatted(key.name(), key.namespace(), upstream.url(), version, more));
    }

    private ProjectRelease awaitReady(String version) {
        return await().until(
                        () -> cluster.release(key).orElseThrow(),
                        release -> release.isReady() && Cluster.message(release).contains("revision " + version + "@"));
    }

    private ProjectRelease awaitNotReady(String reason) {
        return await().until(
                        () -> cluster.release(key).orElseThrow(),
                        release -> Cluster.conditions(release.conditions()).contains("Ready=False " + reason));
    }

    private Artifact artifact() throws IOException {
        return cluster.artifact(key).flatMap(ExternalArtifact::artifact).orElseThrow();
    }

    private List<String> contentOf(Artifact artifact, Running running) throws IOException {
        Path file = downloads.resolve("artifact.tar.gz");
        running.download(artifact, file);
        try (SpoolFile spool = SpoolFile.create(downloads.resolve("spool"));
                InputStream in = Files.newInputStream(file)) {
            spool.unlink();
            FileTree tree = TarGzReader.index(in, spool, UnpackOptions.untrusted());
            return tree.nodes().stream().map(node -> node.path().toString()).toList();
        }
    }

    @Test
    void publishesReleaseAsExternalArtifact() throws IOException {
        try (Running running = running()) {
            apply("1.0.0", "path: app-{version}/deploy");
            ProjectRelease release = awaitReady("1.0.0");

            ExternalArtifact published = cluster.artifact(key).orElseThrow();
            Artifact artifact = artifact();
            assertThat(Cluster.conditions(published.conditions())).containsExactly("Ready=True Succeeded");
            assertThat(published.metadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> {
                        assertThat(owner.getKind()).isEqualTo("ProjectRelease");
                        assertThat(owner.getUid()).isEqualTo(release.metadata().getUid());
                    });
            assertThat(published.spec().sourceRef()).hasToString(String.valueOf(Owners.sourceOf(release)));
            assertThat(artifact.revision()).matches("1\\.0\\.0@sha256:[0-9a-f]{64}");
            assertThat(artifact.url()).startsWith("http://" + Running.ADDRESS + "/projectrelease/");
            assertThat(artifact.metadata())
                    .containsEntry("org.opencontainers.image.revision", "1.0.0@" + upstream.digest("1.0.0"));
            assertThat(contentOf(artifact, running)).containsExactly("app.yaml");
            await().untilAsserted(() -> assertThat(cluster.events(key.namespace()))
                    .contains("Normal NewArtifact stored artifact for revision " + artifact.revision()));
        }
    }

    @Test
    void publishesNewVersionAndDeletesOldFile() throws IOException {
        try (Running running = running("--artifact-retention-ttl=0s", "--artifact-retention-records=1")) {
            apply("1.0.0", "");
            awaitReady("1.0.0");
            Artifact first = artifact();
            upstream.release("1.1.0", "kind: Two");

            apply("1.1.0", "");
            awaitReady("1.1.0");

            assertThat(artifact().revision()).isNotEqualTo(first.revision()).startsWith("1.1.0@");
            await().untilAsserted(() -> assertThat(volume.resolve(first.path())).doesNotExist());
            assertThat(contentOf(artifact(), running)).contains("app-1.1.0/deploy/app.yaml");
        }
    }

    @Test
    void doesNotDownloadUnchangedRelease() throws IOException {
        try (Running running = running()) {
            apply("1.0.0", "");
            awaitReady("1.0.0");
            int before = upstream.requests().size();
            await().until(() -> upstream.requests().size() >= before + 1);

            assertThat(upstream.requests().get(before)).isEqualTo("/v1.0.0/SHA256SUMS");
            assertThat(upstream.requests()).containsOnlyOnce("/v1.0.0/app-1.0.0.tar.gz");
            assertThat(contentOf(artifact(), running)).isNotEmpty();
        }
    }

    @Test
    void keepsPublishedArtifactOnWrongChecksum() throws IOException {
        try (Running running = running()) {
            apply("1.0.0", "");
            awaitReady("1.0.0");
            Artifact first = artifact();
            upstream.release("1.1.0", "kind: Two");
            upstream.checksums("1.1.0", Digest.ofBytes(DigestAlgorithm.SHA256, new byte[0]));

            apply("1.1.0", "");
            awaitNotReady("VerificationFailed");

            ExternalArtifact failed = cluster.artifact(key).orElseThrow();
            assertThat(Cluster.conditions(failed.conditions())).containsExactly("Ready=False VerificationFailed");
            assertThat(failed.artifact()).contains(first);
            assertThat(contentOf(first, running)).isNotEmpty();

            upstream.checksums("1.1.0", upstream.digest("1.1.0"));
            awaitReady("1.1.0");
            assertThat(Cluster.conditions(cluster.artifact(key).orElseThrow().conditions()))
                    .containsExactly("Ready=True Succeeded");
        }
    }

    @Test
    void reportsUnavailableUpstream() throws IOException {
        upstream.setGone(true);
        try (Running running = running()) {
            apply("1.0.0", "");
            ProjectRelease failed = awaitNotReady("FetchFailed");
            assertThat(Cluster.message(failed)).contains("503", "SHA256SUMS");
            assertThat(cluster.artifact(key)).isEmpty();

            upstream.setGone(false);
            awaitReady("1.0.0");
            assertThat(contentOf(artifact(), running)).isNotEmpty();
        }
    }

    @Test
    void deletesObjectAndFiles() throws IOException {
        try (Running running = running()) {
            apply("1.0.0", "");
            awaitReady("1.0.0");
            Artifact artifact = artifact();
            assertThat(contentOf(artifact, running)).isNotEmpty();

            cluster.delete(key);
            await().until(() -> cluster.release(key).isEmpty());

            assertThat(cluster.artifact(key)).isEmpty();
            assertThat(volume.resolve(artifact.path()).getParent()).doesNotExist();
        }
    }

    @Test
    void recreatesDeletedArtifact() throws IOException {
        try (Running running = running()) {
            apply("1.0.0", "suspend: false");
            String uid = awaitReady("1.0.0").metadata().getUid();
            Artifact before = artifact();

            cluster.deleteArtifact(key);

            await().until(() -> cluster.artifact(key)
                    .flatMap(ExternalArtifact::artifact)
                    .filter(again -> again.revision().equals(before.revision()))
                    .isPresent());
            assertThat(awaitReady("1.0.0").metadata().getUid()).isEqualTo(uid);
            assertThat(contentOf(artifact(), running)).isNotEmpty();
        }
    }

    @Test
    void rebuildsCorruptFileAfterRestart() throws IOException {
        try (Running first = running()) {
            apply("1.0.0", "");
            awaitReady("1.0.0");
            assertThat(contentOf(artifact(), first)).isNotEmpty();
        }
        Artifact published = artifact();
        Files.writeString(volume.resolve(published.path()), "damaged");
        upstream.setGone(true);

        try (Running second = running()) {
            awaitNotReady("FetchFailed");
            assertThat(volume.resolve(published.path())).doesNotExist();

            upstream.setGone(false);
            await().until(() -> Files.exists(volume.resolve(published.path())));
            awaitReady("1.0.0");
            assertThat(artifact().digest()).isEqualTo(published.digest());
            assertThat(artifact().revision()).isEqualTo(published.revision());
            assertThat(contentOf(published, second)).isNotEmpty();
        }
    }

    @Test
    void refusesOtherNamespaceWithFlag() throws IOException {
        try (Running running = running("--no-cross-namespace-refs")) {
            apply("1.0.0", "targetNamespace: default");
            ProjectRelease refused = awaitNotReady("AccessDenied");

            assertThat(Cluster.conditions(refused.conditions())).contains("Stalled=True AccessDenied");
            assertThat(cluster.artifact(refused.artifactKey())).isEmpty();
            assertThat(upstream.requests()).isEmpty();
            assertThat(running).isNotNull();
        }
    }

    @Test
    void publishesToOtherNamespaceAndCleansUp() throws IOException {
        ObjectKey elsewhere = new ObjectKey("default", key.name());
        try (Running running = running()) {
            apply("1.0.0", "targetNamespace: default");
            awaitReady("1.0.0");
            ExternalArtifact published = cluster.artifact(elsewhere).orElseThrow();
            assertThat(published.metadata().getOwnerReferences()).isNullOrEmpty();
            assertThat(contentOf(published.artifact().orElseThrow(), running)).isNotEmpty();

            cluster.delete(key);
            await().until(() -> cluster.release(key).isEmpty());
            assertThat(cluster.artifact(elsewhere)).isEmpty();
        }
    }

    @Test
    void doesNotTakeOverForeignObject() throws IOException {
        cluster.apply("""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: ExternalArtifact
            metadata: {name: %s, namespace: %s}
            spec: {sourceRef: {kind: Other, name: x}}
            """.formatted(key.name(), key.namespace()));
        try (Running running = running()) {
            apply("1.0.0", "");
            awaitNotReady("StorageOperationFailed");

            assertThat(cluster.artifact(key).orElseThrow().spec().sourceRef())
                    .as("unchanged")
                    .extracting(NamespacedObjectKindReference::name)
                    .isEqualTo("x");
            cluster.delete(key);
            await().until(() -> cluster.release(key).isEmpty());
            assertThat(cluster.artifact(key)).isPresent();
            assertThat(running).isNotNull();
        }
    }

    @Test
    void verifierRunsBeforePublication() throws IOException {
        ReleaseVerifier approval = (release, downloaded, context) -> {
            if (!downloaded.companion("APPROVED").contains(downloaded.digest().hex())) {
                throw BuildFailure.retry("VerificationFailed", "not approved: " + downloaded.digest(), null);
            }
            return Optional.empty();
        };
        upstream.put("1.0.0", "APPROVED", "another".getBytes(StandardCharsets.UTF_8));
        try (Running running = Running.start(api, key.namespace(), volume, approval)) {
            apply("1.0.0", "");
            awaitNotReady("VerificationFailed");
            assertThat(cluster.artifact(key)).isEmpty();

            upstream.put("1.0.0", "APPROVED", upstream.digest("1.0.0").hex().getBytes(StandardCharsets.UTF_8));
            awaitReady("1.0.0");
            assertThat(contentOf(artifact(), running)).isNotEmpty();
        }
    }

    @Test
    void standbyTakesOverFromLeader() throws IOException {
        try (Running leader = running("--enable-leader-election")) {
            apply("1.0.0", "");
            awaitReady("1.0.0");
            Artifact artifact = artifact();
            try (Running standby = running("--enable-leader-election")) {
                assertThat(contentOf(artifact, leader)).isNotEmpty();
                assertThatThrownBy(() -> contentOf(artifact, standby))
                        .isInstanceOf(RetryableFetchException.class)
                        .hasMessageContaining("503");

                leader.stop();

                await().ignoreExceptions()
                        .untilAsserted(
                                () -> assertThat(contentOf(artifact, standby)).isNotEmpty());
            }
        }
        try (Stream<Path> files = Files.walk(volume)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tar.gz")))
                    .hasSize(1);
        }
    }
}

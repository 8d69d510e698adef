package dev.sluice.examples.release.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.examples.release.api.ProjectRelease;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupVerificationTest {

    private static final String CONTENT = "differs from the digest of most objects";

    @TempDir
    Path base;

    @Test
    void deletesCorruptFile() throws IOException {
        Path file = stored("projectrelease/apps/app/a.tar.gz");

        verify(published("app", "projectrelease/apps/app/a.tar.gz"));

        assertThat(file).doesNotExist();
    }

    @Test
    void keepsIntactFile() throws IOException {
        Path file = stored("projectrelease/apps/app/a.tar.gz");

        verify(published(
                "app",
                "projectrelease/apps/app/a.tar.gz",
                Digest.ofBytes(DigestAlgorithm.SHA256, CONTENT.getBytes(StandardCharsets.UTF_8))
                        .hex()));

        assertThat(file).hasContent(CONTENT);
    }

    @Test
    void keepsFileOfOtherReleaseNamedInStatus() throws IOException {
        Path file = stored("projectrelease/apps/other/a.tar.gz");

        verify(published("app", "projectrelease/apps/other/a.tar.gz"));

        assertThat(file).exists();
    }

    private Path stored(String path) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, CONTENT);
    }

    private void verify(ExternalArtifact object) throws IOException {
        ArtifactStorage storage = new ArtifactStorage(StorageOptions.of(base, "artifacts.test"), Clock.systemUTC());
        new StartupVerification(storage).run(List.of(object));
    }

    private static ExternalArtifact published(String release, String path) {
        return published(release, path, "0".repeat(64));
    }

    private static ExternalArtifact published(String release, String path, String sha256) {
        return ToolkitJson.gson()
                .fromJson(
                        """
                {"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "ExternalArtifact",
                 "metadata": {"name": "%1$s", "namespace": "apps"},
                 "spec": {"sourceRef": {"apiVersion": "%3$s", "kind": "ProjectRelease", "name": "%1$s",
                          "namespace": "apps"}},
                 "status": {"artifact": {"path": "%2$s", "url": "http://artifacts.test/%2$s", "revision": "1.0.0",
                            "digest": "sha256:%4$s", "lastUpdateTime": "2026-07-01T10:00:00Z", "size": 3}}}""".formatted(release, path, ProjectRelease.TYPE.kind().apiVersion(), sha256),
                        ExternalArtifact.class);
    }
}

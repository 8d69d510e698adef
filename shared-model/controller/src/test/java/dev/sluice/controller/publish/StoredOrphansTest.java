package dev.sluice.controller.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.StoredDirectories;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredOrphansTest {

    private static final ObjectKey LISTED = new ObjectKey("apps", "listed");
    private static final ObjectKey NEW = new ObjectKey("apps", "new");
    private static final ObjectKey GONE = new ObjectKey("apps", "gone");
    private static final ObjectKey ELSEWHERE = new ObjectKey("web", "gone");

    @TempDir
    Path base;

    private final List<ObjectKey> asked = new ArrayList<>();
    private ArtifactStorage storage;
    private StoredOrphans orphans;

    @BeforeEach
    void open() throws IOException {
        StorageOptions options =
                StorageConfig.parse(List.of("--storage-path=" + base), Map.of()).options();
        storage = new ArtifactStorage(options, Clock.systemUTC());
        orphans = new StoredOrphans(storage, new StoredDirectories(base, Clock.systemUTC()), "Bundle");
        for (ObjectKey key : List.of(LISTED, NEW, GONE, ELSEWHERE)) {
            store(key);
        }
    }

    private void store(ObjectKey key) throws IOException {
        storage.copy(
                storage.newArtifact("Bundle", key.namespace(), key.name(), "v1", "x.tar.gz"),
                new ByteArrayInputStream(new byte[1]));
    }

    private boolean exists(ObjectKey key) {
        asked.add(key);
        return key.equals(NEW);
    }

    @Test
    void removesDirectoriesWithoutAnObject() throws IOException {
        assertThat(orphans.remove("", Set.of(LISTED), this::exists)).containsExactlyInAnyOrder(GONE, ELSEWHERE);

        assertThat(asked).containsExactlyInAnyOrder(NEW, GONE, ELSEWHERE);
        assertThat(base.resolve("bundle/apps")).isDirectoryNotContaining("glob:**gone");
        assertThat(base.resolve("bundle/apps/listed/x.tar.gz")).exists();
        assertThat(base.resolve("bundle/apps/new/x.tar.gz")).exists();
    }

    @Test
    void looksOnlyAtTheWatchedNamespace() throws IOException {
        assertThat(orphans.remove("web", Set.of(), this::exists)).containsExactly(ELSEWHERE);
        assertThat(base.resolve("bundle/apps/gone/x.tar.gz")).exists();
    }

    @Test
    void removesNothingIfTheApiServerCannotBeAsked() {
        assertThatThrownBy(() -> orphans.remove("", Set.of(LISTED), key -> {
                    throw new IOException("HTTP 500");
                }))
                .hasMessage("HTTP 500");
        assertThat(base.resolve("bundle/apps/gone/x.tar.gz")).exists();
    }

    @Test
    void leavesTheVolumeOfAnotherClusterAlone() throws IOException {
        for (int i = 0; i < 10; i++) {
            store(new ObjectKey("apps", "other-" + i));
        }

        assertThat(orphans.remove("", Set.of(), key -> false)).isEmpty();
        assertThat(orphans.remove("", Set.of(LISTED), key -> false)).hasSize(13);
    }
}

package dev.sluice.artifact.storage;

import static dev.sluice.artifact.storage.StorageFixture.artifact;
import static dev.sluice.artifact.storage.StorageFixture.storage;
import static dev.sluice.artifact.storage.StorageFixture.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Requirements on a failing volume, checked in this process or in one with less space or fewer permissions. */
final class FaultyVolume {

    private static final String OLD = "old";

    private FaultyVolume() {}

    /**
     * Arguments: base directory, scenario, and the reason that errors must name. Fails if a requirement is violated.
     */
    public static void main(String[] arguments) throws IOException {
        Path base = Path.of(arguments[0]);
        switch (arguments[1]) {
            case "full" -> isFull(base, arguments[2]);
            case "fill" -> storeOld(base);
            case "read-only" -> isReadOnly(base, arguments[2]);
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    static void storeOld(Path base) throws IOException {
        VolumeIdentity.readOrCreate(base);
        ArtifactStorage storage = storage(base);
        storage.copy(artifact(storage, "a.tar.gz"), stream(OLD));
    }

    private static Artifact old(ArtifactStorage storage) {
        Digest digest = Digest.ofBytes(DigestAlgorithm.SHA256, OLD.getBytes(StandardCharsets.UTF_8));
        return artifact(storage, "a.tar.gz").withFile(digest.toString(), OLD.length(), StorageFixture.NOW_IN_SECONDS);
    }

    /** There is space for a few bytes, but not for two million. */
    static void isFull(Path base, String reason) throws IOException {
        storeOld(base);
        ArtifactStorage storage = storage(base);
        for (String name : List.of("a.tar.gz", "b.tar.gz")) {
            assertThatThrownBy(() -> storage.copy(artifact(storage, name), big()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot store '")
                    .hasMessageContaining(name)
                    .hasMessageContaining(reason);
        }
        storage.verify(old(storage));
        assertThat(storage.localPath(old(storage)).getParent())
                .isDirectoryNotContaining("glob:**/.tmp-*")
                .isDirectoryNotContaining("glob:**/b.tar.gz");
        storage.verify(storage.copy(artifact(storage, "c.tar.gz"), stream("small")));
    }

    private static ByteArrayInputStream big() {
        byte[] content = new byte[2_000_000];
        new Random(1).nextBytes(content);
        return new ByteArrayInputStream(content);
    }

    /** After {@link #storeOld}, nothing can be written. */
    static void isReadOnly(Path base, String reason) throws IOException {
        ArtifactStorage storage = storage(base);
        Artifact old = old(storage);
        Artifact other = artifact(storage, "b.tar.gz");
        assertThatThrownBy(() -> storage.copy(other, stream("new"))).hasMessageContaining(reason);
        assertThatThrownBy(() -> storage.remove(old)).hasMessageContaining(reason);
        assertThatThrownBy(() -> storage.removeAll(old)).hasMessageContaining(reason);
        assertThatThrownBy(() -> storage.collectGarbage(old, Duration.ofSeconds(5)))
                .hasMessageContaining(reason);
        storage.verify(old);
        assertThat(storage.exists(old)).isTrue();
        assertThat(VolumeIdentity.readOrCreate(base)).isEqualTo(VolumeIdentity.readOrCreate(base));
    }
}

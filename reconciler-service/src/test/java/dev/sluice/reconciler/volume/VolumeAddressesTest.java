package dev.sluice.reconciler.volume;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.WriteFence;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeAddressesTest {

    private static final ObjectKey KEY = new ObjectKey("apps", "one");
    private static final String OWN = "http://artifacts.test/any";

    @TempDir
    Path base;

    private VolumeFixture volume;
    private VolumeAddresses addresses;

    @BeforeEach
    void open() throws IOException {
        volume = new VolumeFixture(base);
        addresses = new VolumeAddresses(base, WriteFence.OPEN);
        Artifact artifact = volume.store(KEY);
        volume.published.otherShards(KEY, VolumeFixture.at("other-shard.test", artifact));
    }

    @Test
    void normalizesTrailingDotAndCase() {
        assertThat(VolumeAddresses.authority("http://Artifacts.test.:80/a")).isEqualTo("artifacts.test:80");
        assertThat(VolumeAddresses.authority("http://[::1]:9090/a")).isEqualTo("[::1]:9090");
        assertThat(VolumeAddresses.authority("not a url")).isEmpty();
    }

    @Test
    void resumesTheCollectionOfAKilledProcess() throws IOException {
        addresses.announce(OWN);
        volume.published.unreachable = true;
        assertThatIOException().isThrownBy(() -> addresses.collect(volume.published));
        volume.published.unreachable = false;

        VolumeAddresses next = new VolumeAddresses(base, WriteFence.OPEN);
        next.announce(OWN);
        next.collect(volume.published);
        assertThat(next.read()).containsExactlyInAnyOrder("artifacts.test", "other-shard.test");
    }

    @Test
    void collectsIfTheMarkerIsMissing() throws Exception {
        Files.createDirectory(base.resolve(VolumeAddresses.DIRECTORY));

        volume.maintenance().tick();
        assertThat(addresses.read()).contains("other-shard.test");
    }

    @Test
    void collectsAddressesOnce() throws IOException {
        addresses.announce(OWN);
        addresses.collect(volume.published);
        volume.published.otherShards(KEY, VolumeFixture.at("later.test", volume.store(KEY)));

        addresses.collect(volume.published);
        assertThat(addresses.read()).containsExactlyInAnyOrder("artifacts.test", "other-shard.test");
    }

    @Test
    void keepsAllDirectoriesIfThereAreTooManyAddresses() throws IOException {
        for (int i = 0; i <= 1_000; i++) {
            addresses.announce("http://host-" + i + ".test/any");
        }

        ExternalArtifact elsewhere = volume.published.cached(KEY).orElseThrow();
        ClaimedDirectories claims = new ClaimedDirectories(volume.published, addresses.read());
        claims.add(elsewhere);
        assertThat(claims.holds(KEY)).isTrue();

        ClaimedDirectories few = new ClaimedDirectories(volume.published, Set.of("artifacts.test"));
        few.add(elsewhere);
        assertThat(few.holds(KEY)).isFalse();
    }

    @Test
    void rewritesADamagedAddressFile() throws IOException {
        addresses.announce(OWN);
        Path file = files().get(0);
        for (byte[] damage : List.of(new byte[0], "artifa".getBytes(US_ASCII), new byte[] {(byte) 0xff, 0})) {
            Files.write(file, damage);
            assertThat(addresses.read()).isEmpty();
        }

        addresses.announce(OWN);
        assertThat(addresses.read()).containsExactly("artifacts.test");
        assertThat(files()).containsExactly(file);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(base.resolve(VolumeAddresses.DIRECTORY))) {
            return files.toList();
        }
    }
}

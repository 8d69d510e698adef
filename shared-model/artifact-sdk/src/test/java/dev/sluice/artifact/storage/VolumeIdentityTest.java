package dev.sluice.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeIdentityTest {

    @TempDir
    Path base;

    @Test
    void isCreatedOnce() throws IOException {
        assertThat(VolumeIdentity.read(base)).isEmpty();
        VolumeIdentity made = VolumeIdentity.readOrCreate(base);
        assertThat(made.layoutVersion()).isEqualTo(1);
        assertThat(VolumeIdentity.readOrCreate(base)).isEqualTo(made);
        assertThat(VolumeIdentity.read(base)).contains(made);
        assertThat((int) Files.getAttribute(base.resolve(".sluice-volume"), "unix:mode") & 0777)
                .isEqualTo(0644);
    }

    @Test
    void differsFromVolumeToVolume() throws IOException {
        Path other = Files.createDirectory(base.resolve("other"));
        assertThat(VolumeIdentity.readOrCreate(base).id())
                .isNotEqualTo(VolumeIdentity.readOrCreate(other).id());
    }

    @Test
    void isTheSameForConcurrentCreators() {
        List<CompletableFuture<VolumeIdentity>> made = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::readOrCreate))
                .toList();
        assertThat(made.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    private VolumeIdentity readOrCreate() {
        try {
            return VolumeIdentity.readOrCreate(base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesAnotherLayoutWithoutOverwritingIt() throws IOException {
        String newer = "id=abc\nlayout=2\nmore=things\n";
        Path file = Files.writeString(base.resolve(".sluice-volume"), newer);
        assertThatThrownBy(() -> VolumeIdentity.read(base))
                .hasMessageContaining("layout 2")
                .hasMessageContaining("layout 1");
        assertThatThrownBy(() -> VolumeIdentity.readOrCreate(base)).isInstanceOf(IOException.class);
        assertThat(file).hasContent(newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id=\nlayout=1\n", "id=a/b\nlayout=1\n", "layout=1\n", "id=abc\nlayout=x\n", "id=abc"})
    void reportsADamagedIdentity(String content) throws IOException {
        Files.writeString(base.resolve(".sluice-volume"), content);
        assertThatThrownBy(() -> VolumeIdentity.read(base))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path outside = Files.writeString(base.resolve("outside"), "id=abc\nlayout=1\n");
        Files.createSymbolicLink(base.resolve(".sluice-volume"), outside);
        assertThatThrownBy(() -> VolumeIdentity.read(base)).isInstanceOf(IOException.class);
    }
}

package dev.sluice.server.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.CountedListings;
import dev.sluice.server.ArtifactServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often requests for missing artifacts read the volume. */
class VolumeWatchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path temporary;

    private final AtomicLong nanos = new AtomicLong();
    private final CountedListings listings = new CountedListings();
    private Path base;
    private VolumeWatch watch;

    @BeforeEach
    void createVolume() throws IOException {
        base = Files.createDirectory(temporary.resolve("volume"));
        watch = new VolumeWatch(
                new ArtifactServerSettings(base, false, 0, Duration.ofMinutes(1)), listings.files(base), nanos::get);
    }

    private void identify(String id) throws IOException {
        Files.writeString(base.resolve(".sluice-volume"), "id=%s\nlayout=1\n".formatted(id));
    }

    @Test
    void theVolumeIsReadOnceASecond() throws IOException {
        identify("first");
        for (int i = 0; i < 1000; i++) {
            assertThat(watch.current().ready()).isTrue();
        }
        assertThat(listings.count()).isEqualTo(1);

        nanos.addAndGet(SECOND.toNanos());
        watch.current();
        watch.current();
        assertThat(listings.count()).isEqualTo(2);
    }

    @Test
    void anEmptyMountPointIsReadOnceASecondToo() {
        for (int i = 0; i < 1000; i++) {
            assertThat(watch.current().ready()).isFalse();
        }
        assertThat(listings.count()).isEqualTo(1);
    }

    @Test
    void aChangeIsDetectedImmediately() throws IOException {
        identify("first");
        assertThat(watch.current().ready()).isTrue();

        identify("second-volume");
        assertThat(watch.current().replaced()).isTrue();

        identify("first");
        assertThat(watch.current().ready()).isTrue();

        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(base, elsewhere);
        assertThat(watch.current().ready()).as("without a directory").isFalse();
        Files.createDirectory(base);
        assertThat(watch.current().ready()).as("an empty mount point").isFalse();
        Files.delete(base);
        Files.move(elsewhere, base);
        assertThat(watch.current().ready()).as("restored").isTrue();
    }

    @Test
    void theScheduledCheckCountsAsARead() throws IOException {
        identify("first");
        watch.refresh();
        watch.current();
        assertThat(listings.count()).isEqualTo(1);
    }
}

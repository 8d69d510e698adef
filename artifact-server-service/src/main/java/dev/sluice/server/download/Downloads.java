package dev.sluice.server.download;

import dev.sluice.artifact.server.ServedFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Counts downloads, which are open until their last byte is handed to the operating system or they are aborted. */
@Component
public final class Downloads {

    private final LongAdder open = new LongAdder();
    private final Counter bytes;
    private final Counter aborted;
    private final Timer durations;

    Downloads(MeterRegistry registry) {
        Gauge.builder("sluice.artifact.open.downloads", open, LongAdder::sum)
                .description("Open downloads")
                .register(registry);
        bytes = Counter.builder("sluice.artifact.sent.bytes")
                .description("Bytes of artifacts sent")
                .register(registry);
        aborted = Counter.builder("sluice.artifact.aborted.downloads")
                .description("Downloads that ended before their last byte")
                .register(registry);
        durations = Timer.builder("sluice.artifact.download.duration")
                .description(
                        "Time from the request until the last byte is handed to the operating system; complete downloads only")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    /**
     * Starts a download of part of a file. Closing the download closes the file.
     *
     * @throws IOException if a small part, which is read at once, cannot be read; the file is closed
     */
    public FileDownload begin(ServedFile file, long offset, long length) throws IOException {
        FileSource source = FileSource.of(file, offset, length);
        open.increment();
        return new FileDownload(this, source, file.path(), length);
    }

    /** Starts a download of a response that is not a file, such as a directory listing. */
    public FileDownload begin(byte[] content) {
        open.increment();
        return new FileDownload(this, new FileSource.InMemory(ByteBuffer.wrap(content)), Path.of(""), content.length);
    }

    /** Returns the number of open downloads. */
    public long openCount() {
        return open.sum();
    }

    void sent(long count) {
        bytes.increment((double) count);
    }

    void ended(boolean complete, long tookNanos) {
        open.decrement();
        if (complete) {
            durations.record(tookNanos, TimeUnit.NANOSECONDS);
        } else {
            aborted.increment();
        }
    }
}

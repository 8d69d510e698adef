package dev.sluice.server.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.ServedFile;
import dev.sluice.artifact.server.ServedFiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

class DownloadDrainTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path volume;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Downloads downloads = new Downloads(new SimpleMeterRegistry());
    private final DownloadDrain drain = new DownloadDrain(downloads, LIMIT, nanos::get);

    private FileDownload download() throws IOException {
        Files.writeString(volume.resolve("app.tar.gz"), "0123456789");
        ServedFile file = new ServedFiles(volume).open("/app.tar.gz").orElseThrow();
        return downloads.begin(file, 0, 10);
    }

    private void close() {
        drain.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext()));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void theTimeLimitIncludesTheWaitForHandlers() throws IOException {
        try (FileDownload open = download()) {
            assertThat(open.sentBytes()).isZero();
            close();
            pass(Duration.ofSeconds(15));
            drain.stop(() -> ended.set(true));
            pass(Duration.ofSeconds(4));
            await().during(Duration.ofMillis(200))
                    .atMost(Duration.ofSeconds(10))
                    .untilFalse(ended);

            pass(Duration.ofSeconds(1));
            await().atMost(Duration.ofSeconds(30)).untilTrue(ended);
            assertThat(downloads.openCount())
                    .as("the drain itself does not abort the download")
                    .isOne();
        }
    }

    @Test
    void thereIsNoWaitIfTheHandlersUsedUpTheTimeLimit() throws IOException {
        try (FileDownload open = download()) {
            assertThat(open.sentBytes()).isZero();
            close();
            pass(LIMIT);
            drain.stop(() -> ended.set(true));
            await().atMost(Duration.ofSeconds(30)).untilTrue(ended);
            assertThat(downloads.openCount()).isOne();
        }
    }

    @Test
    void theWaitEndsWithTheLastDownload() throws IOException {
        FileDownload download = download();
        close();
        drain.stop(() -> ended.set(true));
        download.close();
        await().atMost(Duration.ofSeconds(30)).untilTrue(ended);
    }
}

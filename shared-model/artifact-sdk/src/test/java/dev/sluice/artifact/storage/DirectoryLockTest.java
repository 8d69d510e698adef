package dev.sluice.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DirectoryLockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void admitsOneThreadAtATime() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> hold(() -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            return inside.decrementAndGet();
                        }),
                        threads))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(most).hasValue(1);
        assertThat(directory.resolve(".lock")).exists();
    }

    private <T> void hold(LockedAction<T> action) {
        try {
            DirectoryLock.hold(directory, PATIENCE, action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isReentrant() throws IOException {
        String result =
                DirectoryLock.hold(directory, PATIENCE, () -> DirectoryLock.hold(directory, PATIENCE, () -> "inside"));
        assertThat(result).isEqualTo("inside");
        assertThat(DirectoryLock.<String>hold(directory, PATIENCE, () -> "again"))
                .isEqualTo("again");
    }

    @Test
    void timesOut() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(
                () -> hold(() -> {
                    taken.countDown();
                    return await(done);
                }),
                threads);
        taken.await();
        assertThatThrownBy(() -> DirectoryLock.hold(directory, Duration.ofMillis(50), () -> 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("still locked by another writer");
        done.countDown();
        holder.join();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void isReleasedWhenTheActionFails() throws IOException {
        assertThatThrownBy(() -> DirectoryLock.hold(directory, PATIENCE, () -> {
                    throw new IOException("failed");
                }))
                .hasMessage("failed");
        CompletableFuture.runAsync(() -> hold(() -> 1), threads).join();
        assertThat(DirectoryLock.<Integer>hold(directory, PATIENCE, () -> 1)).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> DirectoryLock.hold(directory, PATIENCE, () -> 1))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void worksAfterItsDirectoryWasRecreated() throws IOException {
        DirectoryLock.hold(directory, PATIENCE, () -> Files.deleteIfExists(directory.resolve(".lock")));
        assertThat(DirectoryLock.<Integer>hold(directory, PATIENCE, () -> 2)).isEqualTo(2);
    }

    @Test
    void requiresItsDirectory() {
        assertThatThrownBy(() -> DirectoryLock.hold(directory.resolve("none"), PATIENCE, () -> 1))
                .isInstanceOf(IOException.class);
    }
}

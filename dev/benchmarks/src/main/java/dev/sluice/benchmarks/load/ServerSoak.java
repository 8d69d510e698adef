package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the artifact server at its limit for minutes while artifacts are written and garbage-collected: {@code java -cp
 * dev/benchmarks/target/benchmarks.jar dev.sluice.benchmarks.load.ServerSoak SERVICE.jar [SECONDS [CLIENTS]]}. A 404
 * for a collected artifact is expected; every other response without the file is an error.
 */
public final class ServerSoak {

    private static final int[] SIZES = {10_000, 40_000, 200_000, 1_000_000};
    private static final int KEPT = 200;
    private static final Duration WRITE_PERIOD = Duration.ofMillis(20);
    private static final Duration REPORT_PERIOD = Duration.ofSeconds(30);

    private final Path load;
    private final Deque<String> current = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> writerFailure = new AtomicReference<>();

    private ServerSoak(Path volume) {
        this.load = volume.resolve("load");
    }

    /** Runs for 300 seconds with 256 clients by default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration duration = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 300);
        int clients = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 256;
        Path directory = Files.createTempDirectory("sluice-soak");
        Path volume = Volumes.create(directory);
        ServerSoak soak = new ServerSoak(volume);
        try (MeasuredServer server = MeasuredServer.startSluice(Path.of(arguments[0]), directory, volume)) {
            soak.run(server, duration, clients);
        } finally {
            Volumes.delete(directory);
        }
    }

    private void run(MeasuredServer server, Duration duration, int clients) throws IOException, InterruptedException {
        for (int i = 0; i < KEPT; i++) {
            write(i);
        }
        LoadClients downloads = new LoadClients(server.port(), this::anyPath);
        List<Thread> threads = List.of(
                new Thread(() -> writeAndCollect(downloads), "writer"), new Thread(() -> report(server), "report"));
        threads.forEach(Thread::start);
        LoadResult result = downloads.run(clients, duration, server);
        over.set(true);
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
        System.out.printf(
                "%d requests, %.0f per second, %.0f MB/s, %.1f CPU us per request; %d not found after collection; %d errors; %s%n",
                result.requests(),
                result.requestsPerSecond(),
                result.megabytesPerSecond(),
                result.cpuMicrosPerRequest(),
                result.missing(),
                result.errors(),
                server.resources());
        Exception failure = writerFailure.get();
        if (failure != null) {
            throw new IOException("the writer failed; nothing was written or collected afterwards", failure);
        }
    }

    private String anyPath() {
        int skip = ThreadLocalRandom.current().nextInt(KEPT / 2);
        return "/load/" + current.stream().skip(skip).findFirst().orElseThrow();
    }

    /** A failure ends the run, because the load would be incomplete. */
    private void writeAndCollect(LoadClients downloads) {
        try {
            for (int i = KEPT; !over.get(); i++) {
                write(i);
                Files.delete(load.resolve(current.removeLast()));
                LockSupport.parkNanos(WRITE_PERIOD.toNanos());
            }
        } catch (IOException | RuntimeException e) {
            writerFailure.set(e);
            downloads.stop();
        }
    }

    private void write(int number) throws IOException {
        byte[] content = new byte[SIZES[number % SIZES.length]];
        new Random(number).nextBytes(content);
        String name = number + ".tar.gz";
        Path temporary = Files.write(load.resolve(".tmp"), content);
        Files.move(temporary, load.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        current.addFirst(name);
    }

    private void report(MeasuredServer server) {
        try {
            for (int seconds = 0; !over.get(); seconds += (int) REPORT_PERIOD.toSeconds()) {
                System.out.println(seconds + " s: " + server.resources());
                Thread.sleep(REPORT_PERIOD.toMillis());
            }
        } catch (IOException e) {
            System.err.println("cannot read the server's resources: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

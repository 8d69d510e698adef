package dev.sluice.launcher.process;

import dev.sluice.artifact.concurrent.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * A child process that cannot outlive this process. Its standard input is a pipe that this process keeps open and never
 * writes to. The pipe closes when this process ends for any reason, and the child exits on end of input.
 */
public final class ServiceProcess implements AutoCloseable {

    /** Environment variable that makes a service exit on end of standard input. */
    public static final String EXIT_WITH_PARENT = "SLUICE_EXIT_WITH_PARENT";

    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int TAIL_BYTES = 8_192;

    private final String name;
    private final Process process;
    private final Path log;
    private volatile boolean stopping;

    private ServiceProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the process; stdout and stderr go to the log file.
     *
     * @param ended called with this process and its exit code if it exits without {@link #requestStop}
     */
    public static ServiceProcess start(ServiceCommand command, BiConsumer<ServiceProcess, Integer> ended)
            throws IOException {
        Files.createDirectories(command.log().toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(command.arguments())
                .redirectInput(Redirect.PIPE)
                .redirectErrorStream(true)
                .redirectOutput(command.log().toFile());
        builder.environment().putAll(command.environment());
        builder.environment().put(EXIT_WITH_PARENT, "true");
        ServiceProcess service = new ServiceProcess(command.name(), builder.start(), command.log());
        Thread watch = DaemonThreads.create(command.name() + "-watch", () -> service.reportEnd(ended));
        watch.start();
        return service;
    }

    private void reportEnd(BiConsumer<ServiceProcess, Integer> ended) {
        try {
            int exitCode = process.waitFor();
            if (!stopping) {
                ended.accept(this, exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Returns the last lines of the log. */
    public List<String> lastLines(int count) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - TAIL_BYTES);
            List<String> lines = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of %s: %s".formatted(name, log), e);
        }
    }

    /** Asks the process to terminate; does not wait. */
    public void requestStop() {
        stopping = true;
        process.destroy();
    }

    /** Waits until the process ends; returns whether it has. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Terminates the process; kills it if it does not exit in time. */
    @Override
    public void close() {
        requestStop();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

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
 * A child process. Its standard input is a pipe that this process holds open and never writes to: however this process
 * ends, the pipe closes, and the child, which reads it, ends too.
 */
public final class ServiceProcess implements AutoCloseable {

    /** Told by the environment to end when the standard input does. */
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
     * Starts the process; both of its outputs go to the log file.
     *
     * @param ended called with this process and its exit code when it ends without having been asked to
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

    /** The last lines of the log, for a person who wonders why it ended. */
    public List<String> lastLines(int count) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - TAIL_BYTES);
            List<String> lines = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException("read the log of %s, '%s'".formatted(name, log), e);
        }
    }

    /** Asks the process to end, without waiting. */
    public void requestStop() {
        stopping = true;
        process.destroy();
    }

    /** Ends the process: politely, then for sure. */
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

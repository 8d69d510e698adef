package dev.sluice.kubetest.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A server process that ends when this JVM ends for any reason. A companion shell reads a pipe that this JVM holds
 * open. When the JVM is gone, the kernel closes the pipe and the shell kills the server.
 */
final class ServerProcess implements AutoCloseable {

    // exec keeps the shell's process id, so that our Process object refers to the server.
    private static final String DIE_WITH_THE_PIPE =
            "exec 3<&0; (cat <&3; kill -KILL $$) >/dev/null 2>&1 & " + "exec \"$@\" 3<&- </dev/null";

    private static final int LOG_TAIL = 15;

    private final String name;
    private final Path log;
    private final Process process;

    private ServerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static ServerProcess start(Path binary, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DIE_WITH_THE_PIPE, "sh", binary.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        // Otherwise the shell could kill another process that has reused the process id.
        CompletableFuture<Void> unused = process.onExit().thenAccept(ServerProcess::closePipe);
        return new ServerProcess(String.valueOf(binary.getFileName()), log, process);
    }

    /** Runs {@code then} on another thread when the process has exited for any reason. */
    void whenEnded(Runnable then) {
        CompletableFuture<Void> unused = process.onExit().thenRun(then);
    }

    long pid() {
        return process.pid();
    }

    /** Sleeps briefly between two readiness checks; fails if the process has exited. */
    void pauseBetweenChecks() throws IOException, InterruptedException {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " exited with code " + process.exitValue() + ": " + logTail());
        }
    }

    /** Sends a signal, such as STOP or CONT. */
    void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("cannot send SIG" + signal + " to " + name + " (process " + pid() + ")");
        }
    }

    /** Terminates the process; kills it if it still runs after {@code patience}. */
    void stop(Duration patience) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    boolean addressWasTaken() {
        return logTail().contains("address already in use");
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            List<String> tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size());
            return "last lines of " + log + ":\n  " + String.join("\n  ", tail);
        } catch (IOException e) {
            return "cannot read its log " + log + ": " + e.getMessage();
        }
    }

    /** Kills the process and waits, so that its files can be deleted. An interrupt ends only the wait. */
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closePipe(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

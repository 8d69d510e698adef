package dev.sluice.runtime.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts an extracted service once and stops it, so that its JVM writes a class data archive. */
final class TrainingRun {

    private static final long LIMIT_SECONDS = 180;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Nothing listens there: the reconciler starts and waits for its API server. */
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: none
            contexts: [{name: none, context: {cluster: none, user: none}}]
            clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: none, user: {token: none}}]
            """;

    private final Path jar;

    TrainingRun(Path jar) {
        this.jar = jar;
    }

    /** Writes the archive; if that fails, prints why, and the service starts without it. */
    void write(Path archive) throws IOException {
        Path directory = Files.createTempDirectory(jar.getParent(), "training-");
        Path unfinished = directory.resolve("classes.jsa");
        ProcessBuilder command = new ProcessBuilder(command(unfinished, directory));
        command.environment()
                .putAll(Map.of(
                        "SLUICE_EXIT_WITH_PARENT", "true", "RUNTIME_NAMESPACE", "training", "LC_ALL", "C.UTF-8"));
        try {
            run(command, directory.resolve("log"));
            Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.out.println("no class data archive for " + jar + ", so its starts are slow: " + e);
        }
    }

    private List<String> command(Path archive, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                PackagedService.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ArchiveClassesAtExit=" + archive,
                "-jar",
                jar.toString(),
                "--storage-path=" + Files.createDirectory(directory.resolve("volume"))));
        if (jar.getFileName().toString().startsWith("reconciler")) {
            command.add("--kubeconfig=" + Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG));
            command.addAll(
                    List.of("--enable-leader-election", "--health-addr=127.0.0.1:0", "--metrics-addr=127.0.0.1:0"));
        } else {
            command.addAll(List.of("--storage-addr=127.0.0.1:0", "--management-addr=127.0.0.1:0"));
        }
        return command;
    }

    private static void run(ProcessBuilder command, Path log) throws IOException {
        Process process = start(command, log);
        try {
            awaitStarted(process, log);
            process.getOutputStream().close();
            end(process, log);
        } finally {
            process.destroyForcibly();
        }
    }

    static Process start(ProcessBuilder command, Path log) throws IOException {
        return command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Waits for the end of a process, which must succeed. */
    static void end(Process process, Path log) throws IOException {
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IOException((ended ? "exit code " + process.exitValue() : "hangs") + ": " + text(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void awaitStarted(Process process, Path log) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!text(log).contains(" started\"")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("does not start: " + text(log));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String text(Path log) throws IOException {
        return Files.readString(log);
    }
}

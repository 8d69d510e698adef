package dev.sluice.server;

import static org.awaitility.Awaitility.await;

import dev.sluice.runtime.packaged.PackagedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service in a separate process. */
final class ServerProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Path MODULE = Path.of("");

    /** JVM options that halve the processor time of a start. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final Path standardError;
    private final Path standardOut;

    private ServerProcess(Process process, Path directory) {
        this.process = process;
        this.standardError = directory.resolve("stderr");
        this.standardOut = directory.resolve("stdout");
    }

    /**
     * Runs {@code prefix... java jvmArguments... -jar service arguments...}; its output goes to files in the directory. With
     * a prefix, such as a change of the user, it runs from a copy of the executable jar.
     */
    static ServerProcess run(Path directory, List<String> prefix, List<String> jvmArguments, String... arguments)
            throws IOException {
        return run(directory, Map.of(), prefix, jvmArguments, arguments);
    }

    static ServerProcess run(
            Path directory,
            Map<String, String> environment,
            List<String> prefix,
            List<String> jvmArguments,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(prefix.isEmpty() ? fast(jvmArguments) : readableByAll(jvmArguments, directory));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(directory.resolve("stderr").toFile())
                .redirectOutput(directory.resolve("stdout").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_") || name.startsWith("STORAGE_"));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), directory);
    }

    private static List<String> fast(List<String> jvmArguments) {
        return PackagedService.of(MODULE).command(jvmArguments.toArray(String[]::new));
    }

    /** Copies the executable jar next to the output files. */
    private static List<String> readableByAll(List<String> jvmArguments, Path directory) throws IOException {
        Path copy = directory.resolve("service.jar");
        Files.copy(jar(), copy, StandardCopyOption.REPLACE_EXISTING);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        command.addAll(jvmArguments);
        command.addAll(List.of("-jar", copy.toString()));
        return command;
    }

    static Path jar() {
        return PackagedService.executableJar(MODULE);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the service logs that it serves the volume. */
    void awaitServing() {
        await().atMost(LIMIT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("process exited: " + errors());
            }
            return errors().contains("artifact-server started") && errors().contains("serving volume");
        });
    }

    /** Waits until the process exits and returns the exit code. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running after " + LIMIT);
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(standardError);
    }

    String output() throws IOException {
        return Files.readString(standardOut);
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

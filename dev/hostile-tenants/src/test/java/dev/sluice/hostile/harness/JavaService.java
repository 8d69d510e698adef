package dev.sluice.hostile.harness;

import dev.sluice.runtime.packaged.PackagedService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged service in a separate process, with the Java options of its image. */
final class JavaService implements AutoCloseable {

    private static final int TAIL_BYTES = 6_000;

    private final String name;
    private final Process process;
    private final Path log;

    private JavaService(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * How to start a service.
     *
     * @param root directory of the checkout that contains the jar, the Java options and the chart
     */
    record Launch(Path root, String name, ChartMemory memory, Path log) {

        JavaService start(List<String> javaOptions, List<String> flags, Map<String, String> environment)
                throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:+IgnoreUnrecognizedVMOptions"); // the image may use a newer Java than the build
            command.add("@" + root.resolve("deploy/jvm.options"));
            command.add("-Xmx" + memory.heapBytes());
            command.addAll(javaOptions);
            command.addAll(PackagedService.of(root.resolve(name)).jarOptions());
            command.addAll(flags);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Redirect.PIPE)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            builder.environment().put("MALLOC_ARENA_MAX", "2"); // as in the image
            builder.environment().put("SLUICE_EXIT_WITH_PARENT", "true"); // even if this JVM crashes
            return new JavaService(name, builder.start(), log);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Describes the process for a failure message. */
    String state() {
        return process.isAlive()
                ? "%s (process %d) is running".formatted(name, pid())
                : "%s exited with code %d; last lines of its log:\n%s".formatted(name, process.exitValue(), logTail());
    }

    /** Peak resident memory since the start; 0 without /proc. */
    long peakResidentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException noProc) {
            return 0;
        }
    }

    String logTail() {
        try {
            byte[] bytes = Files.readAllBytes(log);
            int from = Math.max(0, bytes.length - TAIL_BYTES);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

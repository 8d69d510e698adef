package dev.sluice.launcher.training;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service that runs from the root of its image and writes {@code app.aot} at exit. */
final class TrainedService implements AutoCloseable {

    /** Writing the cache takes seconds on two idle cores, much longer on a busy machine. */
    private static final Duration END_LIMIT = Duration.ofMinutes(5);

    private final String name;
    private final Process process;
    private final Path log;

    private TrainedService(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts the service; the Java options precede those of the image. */
    static TrainedService start(Path root, Path log, List<String> javaOptions, List<String> flags) throws IOException {
        Path app = root.resolve("app");
        List<String> command = new ArrayList<>();
        command.add(root.resolve("opt/java/bin/java").toString());
        command.add("-XX:AOTCacheOutput=" + app.resolve("app.aot"));
        command.addAll(javaOptions);
        command.add("@" + app.resolve("jvm.options"));
        command.addAll(List.of("-jar", app.resolve("app.jar").toString()));
        command.addAll(flags);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        return new TrainedService(String.valueOf(root.getFileName()), builder.start(), log);
    }

    /** @throws IOException if the service has exited */
    void checkRuns() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(name + " exited with code " + process.exitValue() + ":\n" + Files.readString(log));
        }
    }

    /** Terminates the service with SIGTERM, as a kubelet does, and waits until its JVM has written the cache. */
    void finish() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("%s did not write its AOT cache within %s".formatted(name, END_LIMIT));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

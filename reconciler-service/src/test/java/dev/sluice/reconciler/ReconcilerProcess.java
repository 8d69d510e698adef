package dev.sluice.reconciler;

import dev.sluice.runtime.packaged.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged reconciler in its own process, named like its pod. It ends with this JVM. */
record ReconcilerProcess(String name, Process process, Path log) implements AutoCloseable {

    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

    /** Starts a process; its log and temporary files are below {@code directory}. */
    static ReconcilerProcess start(String name, Path directory, Map<String, String> environment, List<String> flags)
            throws IOException {
        Path temporary = Files.createDirectories(directory.resolve(name + "-tmp"));
        Path log = directory.resolve(name + ".log");
        List<String> command =
                new ArrayList<>(PackagedService.of(Path.of("")).command("-Xmx256m", "-Djava.io.tmpdir=" + temporary));
        command.addAll(List.of("--metrics-addr=127.0.0.1:0", "--health-addr=127.0.0.1:0"));
        command.addAll(flags);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HOSTNAME", name);
        builder.environment().put("SLUICE_EXIT_WITH_PARENT", "true");
        builder.environment().putAll(environment);
        return new ReconcilerProcess(name, builder.start(), log);
    }

    /** Pauses the process, as a machine without memory or CPU would. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Kills the process, as a failing node would. */
    void kill() {
        process.destroyForcibly();
    }

    /** Terminates the process, as the deletion of its pod would. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the exit code for at most a minute. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not exit; its log is " + log);
        }
        return process.exitValue();
    }

    /** The end of its log, for diagnosis. */
    String lastLines() {
        try {
            String text = Files.readString(log);
            return name + ": " + text.substring(Math.max(0, text.length() - 2_000));
        } catch (IOException e) {
            return name + ": no log, " + e;
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        boolean sent = kill.waitFor(SIGNAL_LIMIT.toSeconds(), TimeUnit.SECONDS) && kill.exitValue() == 0;
        // a paused process that lost its lease may end at any time
        if (!sent && process.isAlive()) {
            throw new IllegalStateException("cannot send SIG" + signal + " to " + name);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

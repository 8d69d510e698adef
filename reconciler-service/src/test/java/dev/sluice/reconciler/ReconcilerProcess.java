package dev.sluice.reconciler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A reconciler in a process of its own, named as its pod would be. It ends with this JVM. */
record ReconcilerProcess(String name, Process process, Path log) implements AutoCloseable {

    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(10);

    /** Starts one; its log and temporary files are below {@code directory}. */
    static ReconcilerProcess start(String name, Path directory, Map<String, String> environment, List<String> flags)
            throws IOException {
        Path temporary = Files.createDirectories(directory.resolve(name + "-tmp"));
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ReconcilerApplication.class.getName(),
                "--metrics-addr=127.0.0.1:0",
                "--health-addr=127.0.0.1:0"));
        command.addAll(flags);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("HOSTNAME", name);
        builder.environment().put("SLUICE_EXIT_WITH_PARENT", "true");
        builder.environment().putAll(environment);
        return new ReconcilerProcess(name, builder.start(), log);
    }

    /** Stops the process where it stands, as a machine does that is out of memory or CPU. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** As a node that dies. */
    void kill() {
        process.destroyForcibly();
    }

    /** As a pod that is deleted. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, within a minute. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " does not end; its log is " + log);
        }
        return process.exitValue();
    }

    /** The end of its log, for whoever wonders why it ended. */
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
        // one that was paused before and lost its lease may end at any moment
        if (!sent && process.isAlive()) {
            throw new IllegalStateException("cannot send SIG" + signal + " to " + name);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

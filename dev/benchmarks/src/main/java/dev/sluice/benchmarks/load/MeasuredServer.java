package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A server under load. Linux only, because it reads CPU time from {@code /proc}. */
final class MeasuredServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    /** USER_HZ, 100 on every Linux that Java runs on. */
    private static final long TICKS_PER_SECOND = 100;

    private final Process process;
    private final int port;

    private MeasuredServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a command and waits until it listens on the port. */
    static MeasuredServer start(List<String> command, int port, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        MeasuredServer server = new MeasuredServer(process, port);
        long deadline = System.nanoTime() + START.toNanos();
        while (!server.listens()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                server.close();
                throw new IOException("server did not start within " + START + "; see " + log + ": " + command);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return server;
    }

    /** Starts the artifact server's jar on a volume, with a small heap and the garbage collector of a small pod. */
    static MeasuredServer startSluice(Path jar, Path directory, Path volume) throws IOException {
        int port = freePort();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "--storage-path=" + volume,
                "--storage-addr=127.0.0.1:" + port,
                "--management-addr=127.0.0.1:0");
        return start(command, port, directory.resolve("sluice.log"));
    }

    /** Returns resident memory in KB and the number of open files. */
    String resources() throws IOException {
        try (Stream<Path> files = Files.list(proc().resolve("fd"))) {
            return residentKilobytes() + " KB resident, " + files.count() + " open files";
        }
    }

    long residentKilobytes() throws IOException {
        return Files.readAllLines(proc().resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** CPU time of the process and its children. */
    Duration cpuTime() throws IOException {
        long ticks = 0;
        try (Stream<ProcessHandle> family =
                Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants())) {
            for (ProcessHandle member : family.toList()) {
                ticks += ticks(member.pid());
            }
        }
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    private static long ticks(long pid) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // the name in the second field can contain spaces; user and system time are fields 14 and 15
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
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

package dev.sluice.hostile.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * The reconciler's name service: a hosts file, which the JDK reads at each lookup instead of calling the system's
 * resolver. To make lookups hang, the file is replaced by a named pipe without a writer.
 */
public final class NameService {

    private final Path hosts;
    private final Path pipe;

    NameService(Path directory) throws IOException {
        hosts = directory.resolve("hosts");
        pipe = directory.resolve("hosts.pipe");
        writeHosts();
    }

    private void writeHosts() throws IOException {
        Path file = hosts.resolveSibling("hosts.new");
        String own = InetAddress.getLocalHost().getHostName();
        Files.writeString(file, "127.0.0.1 localhost %s%n".formatted(own));
        Files.move(file, hosts, StandardCopyOption.ATOMIC_MOVE);
    }

    String javaOption() {
        return "-Djdk.net.hosts.file=" + hosts;
    }

    /** Makes all lookups of names hang; literal addresses need no lookup. */
    public synchronized void hang() throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        if (!made.waitFor(10, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("mkfifo " + pipe + " failed");
        }
        Files.createLink(hosts.resolveSibling("hosts.new"), pipe);
        Files.move(hosts.resolveSibling("hosts.new"), hosts, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the pending lookups, which fail, and makes further lookups return. */
    synchronized void resume() throws IOException {
        if (Files.exists(pipe)) {
            writeHosts();
            new RandomAccessFile(pipe.toFile(), "rw").close(); // pending readers see the end of the file
            Files.delete(pipe);
        }
    }
}

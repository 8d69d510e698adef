package dev.sluice.hostile.arena;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Where the reconciler looks up names: a file of hosts, which the JDK reads for each look-up in place of the system's name
 * service. While it hangs, the file is a pipe that nobody writes to, and no look-up ends.
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

    /** From now on no look-up of a name ends; addresses need none. */
    public synchronized void hang() throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
        if (!made.waitFor(10, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("mkfifo " + pipe + " failed");
        }
        Files.createLink(hosts.resolveSibling("hosts.new"), pipe);
        Files.move(hosts.resolveSibling("hosts.new"), hosts, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Look-ups end again, those that hang too; they find nothing. */
    synchronized void answer() throws IOException {
        if (Files.exists(pipe)) {
            writeHosts();
            new RandomAccessFile(pipe.toFile(), "rw").close(); // whoever waited for a writer reads the end now
            Files.delete(pipe);
        }
    }
}

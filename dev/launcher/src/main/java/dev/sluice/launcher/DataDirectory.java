package dev.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data directory of a run. A temporary one is deleted on close; a named one is locked against a second run. */
final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final boolean temporary;
    private final FileChannel lock;

    private DataDirectory(Path root, boolean temporary, FileChannel lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    static DataDirectory open(@Nullable Path kept) throws IOException {
        Path root = kept == null
                ? Files.createTempDirectory("sluice-dev-")
                : Files.createDirectories(kept.toAbsolutePath());
        FileChannel lock = FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("--data %s: already used by another sluice dev; stop it first".formatted(root));
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("--data %s: already used by another sluice dev; stop it first".formatted(root), e);
        }
        for (String part : new String[] {"artifacts", "sources", "kube-api", "logs", "scratch"}) {
            Files.createDirectories(root.resolve(part));
        }
        deleteTree(root.resolve("scratch"), false);
        return new DataDirectory(root, kept == null, lock);
    }

    Path root() {
        return root;
    }

    /** The volume shared by the reconciler and the artifact server. */
    Path artifacts() {
        return root.resolve("artifacts");
    }

    Path sources() {
        return root.resolve("sources");
    }

    Path kubeApi() {
        return root.resolve("kube-api");
    }

    /** Directory for temporary files; emptied at startup. */
    Path scratch() {
        return root.resolve("scratch");
    }

    Path log(String service) {
        return root.resolve("logs").resolve(service + ".log");
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                deleteTree(root, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove temporary directory %s".formatted(root), e);
        }
    }

    private static void deleteTree(Path directory, boolean itself) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (itself || !path.equals(directory)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}

package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A cgroup with a container's memory limit. */
record Cgroup(Path directory, long limit, String peakFile) implements AutoCloseable {

    private static final Map<String, Long> UNITS = Map.of("Mi", 1L << 20, "Gi", 1L << 30);

    /** Returns empty, after a line on standard output, if this process cannot create cgroups. */
    static Optional<Cgroup> limitedTo(String quantity) {
        long limit = Long.parseLong(quantity.substring(0, quantity.length() - 2))
                * UNITS.get(quantity.substring(quantity.length() - 2));
        String name = "sluice-test-" + UUID.randomUUID();
        Path first = Path.of("/sys/fs/cgroup/memory", name);
        Path second = Path.of("/sys/fs/cgroup", name);
        Optional<Cgroup> made = make(first, "memory.limit_in_bytes", "memory.max_usage_in_bytes", limit)
                .or(() -> make(second, "memory.max", "memory.peak", limit));
        if (made.isEmpty()) {
            System.out.println("cannot create a cgroup; memory limits are not tested");
        }
        return made;
    }

    private static Optional<Cgroup> make(Path directory, String limitFile, String peakFile, long limit) {
        try {
            Files.createDirectory(directory);
            if (Files.exists(directory.resolve(limitFile))) {
                Files.writeString(directory.resolve(limitFile), Long.toString(limit));
                return Optional.of(new Cgroup(directory, limit, peakFile));
            }
            Files.delete(directory);
            return Optional.empty();
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    /** Returns the peak memory use in bytes, including page cache. */
    long peak() throws IOException {
        return Long.parseLong(Files.readString(directory.resolve(peakFile)).strip());
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory);
    }
}

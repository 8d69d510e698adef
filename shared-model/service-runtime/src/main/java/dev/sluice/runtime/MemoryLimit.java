package dev.sluice.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Warns if the container's memory limit is so low that the kernel can kill the process before it logs anything. */
final class MemoryLimit {

    /** A service that has just started uses about this much. */
    private static final long LEAST_MEBIBYTES = 160;

    /** The limit as control groups of version 2 and 1 show it inside a container. */
    private static final List<Path> FILES =
            List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

    private MemoryLimit() {}

    /** The warning for this process, if it needs one. */
    static Optional<String> warning() {
        return warning(FILES);
    }

    /** The warning for the limit in the first of the files that can be read. */
    static Optional<String> warning(List<Path> files) {
        return files.stream()
                .map(MemoryLimit::read)
                .flatMap(Optional::stream)
                .findFirst()
                .map(bytes -> bytes >> 20)
                .filter(mebibytes -> mebibytes < LEAST_MEBIBYTES)
                .map(mebibytes -> "the memory limit is " + mebibytes + " MiB: below " + LEAST_MEBIBYTES
                        + " MiB, the kernel can kill the process without a message (OOMKilled); raise the limit");
    }

    /** The number in a file; empty if there is no file or no limit. */
    private static Optional<Long> read(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}

package dev.sluice.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's directory for spooled sources, in the system's temporary directory. The name contains the process id,
 * so that two processes never share one and the next process deletes the one of a crashed process.
 *
 * @param path the directory
 */
record ScratchDirectory(Path path) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
    private static final Pattern NAME = Pattern.compile("sluice-reconciler-(\\d{1,18})(-\\d{1,9})?");

    /** Directories of this process; tests of shards run several reconcilers in one process. */
    private static final Set<Path> IN_USE = new HashSet<>();

    /** Creates the empty directory and deletes the abandoned ones of this user's processes. */
    static ScratchDirectory open(Path temporaryDirectory) throws IOException {
        return open(temporaryDirectory, ownUser(temporaryDirectory));
    }

    static synchronized ScratchDirectory open(Path temporaryDirectory, UserPrincipal user) throws IOException {
        long ownPid = ProcessHandle.current().pid();
        try (Stream<Path> siblings = Files.list(temporaryDirectory)) {
            for (Path sibling : siblings.toList()) {
                Matcher name = NAME.matcher(sibling.getFileName().toString());
                if (name.matches()
                        && !IN_USE.contains(sibling)
                        && isAbandoned(Long.parseLong(name.group(1)), ownPid)
                        && belongsTo(sibling, user)) {
                    removeQuietly(sibling);
                }
            }
        }
        return new ScratchDirectory(create(temporaryDirectory, "sluice-reconciler-" + ownPid));
    }

    /** The user of this process, determined as the owner of a new file, because the user may have no name. */
    private static UserPrincipal ownUser(Path temporaryDirectory) throws IOException {
        Path probe = Files.createTempFile(temporaryDirectory, "sluice-reconciler-", ".probe");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /**
     * Creates a new directory and never uses an existing file or link, because the temporary directory may be shared.
     */
    private static Path create(Path temporaryDirectory, String name) throws IOException {
        Path own = temporaryDirectory.resolve(name);
        for (int others = 1; ; others++) {
            if (!IN_USE.contains(own) && isCreated(own)) {
                IN_USE.add(own);
                return own;
            }
            own = temporaryDirectory.resolve(name + "-" + others);
        }
    }

    private static boolean isCreated(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static boolean belongsTo(Path directory, UserPrincipal user) {
        try {
            return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException gone) {
            return false;
        }
    }

    /** In a container the process id is always the same; a directory with it is then the predecessor's. */
    private static boolean isAbandoned(long pid, long ownPid) {
        return pid == ownPid || ProcessHandle.of(pid).isEmpty();
    }

    private static void removeQuietly(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.atWarn()
                    .addKeyValue("path", directory)
                    .addKeyValue("error", String.valueOf(e.getMessage()))
                    .log("cannot delete a temporary directory");
        }
    }

    /** Deletes the directory. The next process deletes what cannot be deleted now. */
    @Override
    public void close() {
        synchronized (ScratchDirectory.class) {
            removeQuietly(path);
            IN_USE.remove(path);
        }
    }
}

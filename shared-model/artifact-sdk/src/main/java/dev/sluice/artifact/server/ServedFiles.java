package dev.sluice.artifact.server;

import dev.sluice.artifact.storage.StoredNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Resolves the path of an HTTP request to an open artifact file in a directory.
 *
 * <p>Serves regular files whose name and parents are not hidden (no leading dot, which excludes temporary files, locks
 * and the volume's identity) and do not end in {@code .lock}. Does not follow links, with one exception: a link to a
 * plain name in its own directory, as created by {@code ArtifactStorage.symlink}, serves that file.
 *
 * <p>The volume may be a network file system. If a name is not found, the directory in which the lookup failed is read,
 * at most once a second per directory and ten times a second in total, so that a name which the file system shows late
 * is found within a second. A stale file handle is retried. Thread-safe.
 */
public final class ServedFiles {

    private static final int ATTEMPTS = 4;
    private static final int MAX_LISTED = 100_000;
    private static final int MAX_NAMES = 10_000;

    private final Path base;
    private final VolumeReads volume;
    private final SmallFiles smallFiles;
    private final DirectoryRereads rereads;

    /** Serves the files below the base directory, without a cache. The directory is accessed at each request, not here. */
    public ServedFiles(Path base) {
        this(base, 0, Duration.ZERO);
    }

    /**
     * Serves the files below the base directory, and caches the contents of small files that are requested again.
     *
     * @param smallFileBytes size of the cache; 0 for none
     * @param maxAge for how long a cached file is served without a check of its name; for that long a file that was
     *     replaced or removed may be served as it was. Zero to check it for each request
     */
    public ServedFiles(Path base, long smallFileBytes, Duration maxAge) {
        this(base, VolumeReads.REAL, new SmallFiles(smallFileBytes, maxAge, Clock.systemUTC()));
    }

    ServedFiles(Path base, VolumeReads volume, SmallFiles smallFiles) {
        this(base, volume, smallFiles, new DirectoryRereads(System::nanoTime));
    }

    ServedFiles(Path base, VolumeReads volume, SmallFiles smallFiles, DirectoryRereads rereads) {
        this.rereads = rereads;
        this.base = base.toAbsolutePath().normalize();
        this.volume = volume;
        this.smallFiles = smallFiles;
    }

    /**
     * Opens the requested file.
     *
     * @param rawPath path of the request target, percent-encoded, without the query
     * @return empty for a missing file and for a path that may not be served, without distinguishing them
     * @throws IOException if the volume cannot be read, which is not the same as a missing file; the caller responds
     *     with 503
     */
    public Optional<ServedFile> open(String rawPath) throws IOException {
        Optional<ServedFile> cached = smallFiles.find(rawPath, volume);
        return cached.isPresent() ? cached : look(rawPath);
    }

    /** Whether {@link #open} would now return a cached file without access to the volume. */
    public boolean isHeld(String rawPath) {
        return smallFiles.isFresh(rawPath);
    }

    private Optional<ServedFile> look(String rawPath) throws IOException {
        Optional<RequestPath> path = RequestPath.parse(rawPath);
        if (path.isEmpty() || path.get().isRoot()) {
            return Optional.empty();
        }
        long begunMillis = smallFiles.nowMillis();
        try {
            return find(path.get()).map(file -> holdIfSmall(rawPath, path.get(), file, begunMillis));
        } catch (InvalidPathException e) {
            // the platform's file name encoding cannot represent the name, so the file does not exist
            return Optional.empty();
        }
    }

    /** Does not cache links, because a link may refer to another file before its target changes. */
    private ServedFile holdIfSmall(String rawPath, RequestPath path, ServedFile file, long begunMillis) {
        if (file.content().isPresent() && file.path().endsWith(path.lastName())) {
            smallFiles.hold(rawPath, file, begunMillis);
        }
        return file;
    }

    /**
     * Checks that the directory can be read.
     *
     * @throws IOException if it cannot be read, with the reason
     */
    public void checkReadable() throws IOException {
        volume.lists(base, "", 1);
    }

    /**
     * Lists the names in a directory that can be requested, sorted, with a trailing slash for directories; at most
     * 10,000.
     *
     * @param rawPath see {@link #open}; a trailing slash is ignored
     * @return empty if it is not a directory or may not be served
     * @throws IOException if the volume cannot be read
     */
    public Optional<List<String>> list(String rawPath) throws IOException {
        boolean slash = rawPath.length() > 1 && rawPath.endsWith("/");
        Optional<RequestPath> path = RequestPath.parse(slash ? rawPath.substring(0, rawPath.length() - 1) : rawPath);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<Path> directory = directory(path.get().names());
            return directory.isEmpty() ? Optional.empty() : Optional.of(servableNames(directory.get()));
        } catch (InvalidPathException | NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private List<String> servableNames(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (StoredNames.isServable(name) && names.size() < MAX_NAMES) {
                    names.add(Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }

    private Optional<ServedFile> find(RequestPath path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return open(path);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS || !appearsInDirectory(e)) {
                    return Optional.empty();
                }
            } catch (ChangedWhileOpenedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (FileSystemException e) {
                if (attempt == ATTEMPTS || !isStale(e)) {
                    throw e;
                }
            }
        }
    }

    /** Reads the directory, because a network file system may cache for a while that a name does not exist. */
    private boolean appearsInDirectory(NoSuchFileException missing) throws IOException {
        Path path = Path.of(missing.getFile());
        if (path.equals(base)) {
            throw missing;
        }
        Path parent = Objects.requireNonNull(path.getParent());
        try {
            return rereads.showsName(
                    parent, () -> volume.lists(parent, path.getFileName().toString(), MAX_LISTED));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
    }

    private static boolean isStale(FileSystemException e) {
        String reason = e.getReason();
        return reason != null && reason.contains("Stale");
    }

    private Optional<ServedFile> open(RequestPath path) throws IOException {
        Optional<Path> parent = directory(path.directoryNames());
        return parent.isEmpty() ? Optional.empty() : openFile(parent.get().resolve(path.lastName()));
    }

    /** Checks each component separately, so that no link among the parents is followed. */
    private Optional<Path> directory(List<String> names) throws IOException {
        Path directory = base;
        if (!volume.attributes(directory).isDirectory()) {
            // an empty mount point or a wrong path: an error of the volume, not of the request
            throw new NotDirectoryException(base.toString());
        }
        for (String name : names) {
            directory = directory.resolve(name);
            if (!volume.attributes(directory).isDirectory()) {
                return Optional.empty();
            }
        }
        return Optional.of(directory);
    }

    private Optional<ServedFile> openFile(Path name) throws IOException {
        Path file = name;
        BasicFileAttributes attributes = volume.attributes(file);
        if (attributes.isSymbolicLink()) {
            Path target = volume.linkTarget(file);
            if (target.getNameCount() != 1 || target.isAbsolute() || !StoredNames.isServable(target.toString())) {
                return Optional.empty();
            }
            file = file.resolveSibling(target);
            attributes = volume.attributes(file);
        }
        return attributes.isRegularFile() ? Optional.of(openRegular(file, attributes)) : Optional.empty();
    }

    private ServedFile openRegular(Path file, BasicFileAttributes before) throws IOException {
        FileChannel channel = volume.open(file);
        boolean handedOut = false;
        try {
            BasicFileAttributes after = volume.attributes(file);
            // Java cannot read the time of an open file: if the file is the same before and after, it is the open one
            if (!FileVersion.of(after).equals(FileVersion.of(before))
                    || !Objects.equals(before.fileKey(), after.fileKey())
                    || channel.size() != after.size()) {
                throw new ChangedWhileOpenedException(file);
            }
            if (smallFiles.takes(after)) {
                return ServedFile.inMemory(file, after, content(file, channel, (int) after.size()));
            }
            // a stale handle or a failed disk shows at the first read, while the response can still be an error
            channel.read(ByteBuffer.allocate(1), 0);
            handedOut = true;
            return ServedFile.open(file, after, channel);
        } finally {
            if (!handedOut) {
                channel.close();
            }
        }
    }

    private static ByteBuffer content(Path file, FileChannel channel, int size) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(size);
        while (content.hasRemaining()) {
            if (channel.read(content, content.position()) < 0) {
                throw new ChangedWhileOpenedException(file);
            }
        }
        return content.flip();
    }

    /** Thrown if the file or its content changed while it was being opened. */
    private static final class ChangedWhileOpenedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedWhileOpenedException(Path file) {
            super("file '" + LoggedPath.of(file.toString()) + "' kept changing while it was opened; retry");
        }
    }
}

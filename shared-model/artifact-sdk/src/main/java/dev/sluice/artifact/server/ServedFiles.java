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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns the path of an HTTP request into an open artifact file below one directory, or into nothing.
 *
 * <p>Reachable are regular files whose name and whose directories' names are not hidden (no leading dot, which covers
 * temp files, locks and the volume's identity) and do not end in {@code .lock}. Links are not followed, with one
 * exception: a link to a plain name in its own directory, as {@code ArtifactStorage.symlink} makes, serves that file.
 *
 * <p>The volume may be a network file system. A name that is not found is looked up again after a fresh read of the
 * directory where the search ended, which each directory gets at most once a second, and all together ten times: a name
 * that the file system shows late is found within a second. A stale handle is tried again. Thread-safe.
 */
public final class ServedFiles {

    private static final int ATTEMPTS = 4;
    private static final int MAX_LISTED = 100_000;
    private static final int MAX_NAMES = 10_000;

    private final Path base;
    private final VolumeReads volume;
    private final SmallFiles smallFiles;
    private final DirectoryRereads rereads;

    private final HandedFile atHand = new HandedFile();

    /** Serves what is below the base directory. The directory is looked at with every request, not here. */
    public ServedFiles(Path base) {
        this(base, 0);
    }

    /**
     * Serves what is below the base directory, and holds the contents of small files that are asked for again.
     *
     * @param smallFileBytes how much memory these contents may take; 0 for none. A held file is used only while its name
     *     stands for the same file, of the same size and modification time: each request takes one look, except within
     *     {@link #whileHeld}
     */
    public ServedFiles(Path base, long smallFileBytes) {
        this(base, VolumeReads.REAL, new SmallFiles(smallFileBytes, Clock.systemUTC()));
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
     * Opens the file that a request asks for.
     *
     * @param rawPath the path of the request target as it came, still percent-encoded, without the query
     * @return empty for what does not exist and for every path that may not be served, without telling which
     * @throws IOException if the volume can not be read: not the same as a missing file, the caller answers 503
     */
    public Optional<ServedFile> open(String rawPath) throws IOException {
        return atHand.isGiven() ? atHand.take(rawPath) : heldOrLook(rawPath, this::find);
    }

    private Optional<ServedFile> heldOrLook(String rawPath, Search search) throws IOException {
        Optional<ServedFile> held = smallFiles.find(rawPath, volume);
        return held.isPresent() ? held : look(rawPath, search);
    }

    /** How a path is looked for: once, or again where a network file system may be late. */
    @FunctionalInterface
    private interface Search {
        Optional<ServedFile> find(RequestPath path) throws IOException;
    }

    private Optional<ServedFile> look(String rawPath, Search search) throws IOException {
        Optional<RequestPath> path = RequestPath.parse(rawPath);
        if (path.isEmpty() || path.get().isRoot()) {
            return Optional.empty();
        }
        long begunMillis = smallFiles.nowMillis();
        try {
            return search.find(path.get()).map(file -> holdIfSmall(rawPath, path.get(), file, begunMillis));
        } catch (InvalidPathException e) {
            // the platform's file name encoding can not express it, so no such file exists
            return Optional.empty();
        }
    }

    /**
     * Answers a request by a thread that must not wait for the volume. If the content of the path's file is in memory
     * and the volume showed within the last second that it is current, the answer is run, and its {@link #open} gets
     * that content; of any other path it fails. So a file that was replaced or removed is served for at most that second.
     *
     * @param rawPath as for {@link #open}
     * @param answer run in this thread, or not at all
     * @return whether it was run
     */
    public boolean whileHeld(String rawPath, Runnable answer) {
        Optional<ServedFile> held = smallFiles.fresh(rawPath);
        held.ifPresent(file -> atHand.during(rawPath, file, answer));
        return held.isPresent();
    }

    /**
     * Answers a request by a thread that may wait for the volume, but not for long. The file is opened by one look, and the
     * answer is run only if that found it; its {@link #open} gets that file, and of any other path or a second time it
     * fails. What is missing, or was not found for a reason, takes more looks or a message: {@link #open} by another thread.
     * So does a small file that cannot be held: all of it is read before its answer begins, which may turn out an error.
     *
     * @param rawPath as for {@link #open}
     * @param answer run in this thread, or not at all; the file is closed after it unless the answer opened it
     * @return whether it was run
     */
    public boolean whileOpen(String rawPath, Runnable answer) {
        Optional<ServedFile> found = lookOnce(rawPath);
        found.ifPresent(file -> atHand.during(rawPath, file, answer));
        return found.isPresent();
    }

    private Optional<ServedFile> lookOnce(String rawPath) {
        try {
            Optional<ServedFile> found = heldOrLook(rawPath, this::open);
            if (found.isPresent() && isSmallAndNotHeld(found.get())) {
                found.get().close();
                return Optional.empty();
            }
            return found;
        } catch (IOException | RuntimeException e) {
            // whoever opens it next meets the same, and says so
            return Optional.empty();
        }
    }

    private static boolean isSmallAndNotHeld(ServedFile file) {
        return file.version().size() <= SmallFiles.MAX_FILE_BYTES
                && file.content().isEmpty();
    }

    /** A link is not held: it may name another file before its file changes. */
    private ServedFile holdIfSmall(String rawPath, RequestPath path, ServedFile file, long begunMillis) {
        if (file.content().isPresent() && file.path().endsWith(path.lastName())) {
            smallFiles.hold(rawPath, file, begunMillis);
        }
        return file;
    }

    /**
     * Whether the directory can be read.
     *
     * @throws IOException if not, saying why
     */
    public void checkReadable() throws IOException {
        volume.lists(base, "", 1);
    }

    /**
     * The names in a directory that requests may reach, sorted, directories with a trailing slash; at most 10,000.
     *
     * @param rawPath as for {@link #open}; a trailing slash makes no difference
     * @return empty for what is not a directory and for every path that may not be served
     * @throws IOException if the volume can not be read
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

    /** A network file system may remember for a while that a name did not exist; reading the directory tells the truth. */
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

    /** Every component is looked at by itself, so that no link on the way is followed. */
    private Optional<Path> directory(List<String> names) throws IOException {
        Path directory = base;
        if (!volume.attributes(directory).isDirectory()) {
            // an empty mount point or a wrong path: the volume is at fault, not the request
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
            // Java can not ask an open file for its time: the same file before and after is the one that is open
            if (!FileVersion.of(after).equals(FileVersion.of(before))
                    || !Objects.equals(before.fileKey(), after.fileKey())
                    || channel.size() != after.size()) {
                throw new ChangedWhileOpenedException(file);
            }
            if (smallFiles.takes(after)) {
                return ServedFile.inMemory(file, after, content(file, channel, (int) after.size()));
            }
            // a stale handle or a dead disk shows in the first read, while the answer can still be an error
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

    /** The name got another file, or the file other bytes, between the looks at it. */
    private static final class ChangedWhileOpenedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedWhileOpenedException(Path file) {
            super("file '" + LoggedPath.of(file.toString()) + "' kept changing while it was opened; try again");
        }
    }
}

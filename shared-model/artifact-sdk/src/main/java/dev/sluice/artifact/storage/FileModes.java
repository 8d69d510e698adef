package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exact modes of stored files and directories. Set after creation, because the umask restricts modes at creation.
 */
record FileModes(int file, int directory) {

    private static final Logger LOG = LoggerFactory.getLogger(FileModes.class);
    private static final String MODE = "unix:mode";
    private static final String GROUP = "unix:gid";
    private static final int PERMISSION_BITS = 07777;
    private static final int SETGID = 02000;
    private static final int GROUP_MAY_READ = 0040;

    private static final FileModes OWNER_ONLY = new FileModes(0600, 0700);

    /** setgid, so that new files belong to the directory's group. */
    private static final FileModes GROUP_READABLE = new FileModes(0640, 02750);

    static FileModes of(boolean groupReadable) {
        return groupReadable ? GROUP_READABLE : OWNER_ONLY;
    }

    /** Returns a copy with other permissions for files. */
    FileModes withFile(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return new FileModes(mode, directory);
    }

    /**
     * Creates the missing directories below the base and corrects the modes of existing ones; does not change the base.
     */
    void makeDirectories(Path base, Path directory) throws IOException {
        if (directory.equals(base)) {
            return;
        }
        makeDirectories(base, Objects.requireNonNull(directory.getParent()));
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(
                        "cannot create directory '" + directory + "': a file or link has that name; remove it", e);
            }
        }
        set(directory, directory());
    }

    void setFile(Path path) throws IOException {
        set(path, file());
    }

    /** Sets the mode only if it differs, because another user's directory can be used but not changed. */
    private static void set(Path path, int mode) throws IOException {
        if ((mode & GROUP_MAY_READ) != 0) {
            takeGroupOfParent(path);
        }
        int current = attribute(path, MODE);
        if ((current & PERMISSION_BITS) != mode) {
            Files.setAttribute(path, MODE, mode);
        }
    }

    /** Files created while the directory had no setgid belong to the writer's group. */
    private static void takeGroupOfParent(Path path) throws IOException {
        Path parent = Objects.requireNonNull(path.toAbsolutePath().getParent());
        int group = attribute(parent, GROUP);
        if ((attribute(parent, MODE) & SETGID) == 0 || attribute(path, GROUP) == group) {
            return;
        }
        try {
            Files.setAttribute(path, GROUP, group, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            // not the owner, or not a member of the group: readers report it, writing continues
            LOG.atDebug().addKeyValue("error", e.toString()).log("cannot change the group of a stored file");
        }
    }

    private static int attribute(Path path, String name) throws IOException {
        return (int) Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
    }
}

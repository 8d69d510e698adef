package dev.sluice.artifact.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/** The exact modes of what is stored. They are set after creation, because the umask takes bits away at creation. */
record FileModes(int file, int directory) {

    private static final String MODE = "unix:mode";
    private static final int PERMISSION_BITS = 07777;

    private static final FileModes OWNER_ONLY = new FileModes(0600, 0700);

    /** setgid, so that new files belong to the directory's group, whoever writes them. */
    private static final FileModes GROUP_READABLE = new FileModes(0640, 02750);

    static FileModes of(boolean groupReadable) {
        return groupReadable ? GROUP_READABLE : OWNER_ONLY;
    }

    /** The same for directories, with the given permissions for files. */
    FileModes withFile(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
        }
        return new FileModes(mode, directory);
    }

    /** Creates what is missing between the base, which stays as it is, and the directory; corrects modes on the way. */
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
                        "can not make directory '" + directory + "': a file or link has that name, remove it", e);
            }
        }
        set(directory, directory());
    }

    void setFile(Path path) throws IOException {
        set(path, file());
    }

    /** Only when it differs: another user's directory can be used but not changed. */
    private static void set(Path path, int mode) throws IOException {
        int current = (int) Files.getAttribute(path, MODE, LinkOption.NOFOLLOW_LINKS);
        if ((current & PERMISSION_BITS) != mode) {
            Files.setAttribute(path, MODE, mode);
        }
    }
}

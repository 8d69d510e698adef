package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BuildDirectoriesTest {

    @TempDir
    Path parent;

    @Test
    void aKilledProcessLeavesNothingForLong() throws IOException {
        Path abandoned = Files.createDirectories(parent.resolve("maker-builds-1/build-2"));
        Files.writeString(abandoned.resolve("large"), "x");
        Files.writeString(parent.resolve("maker-builds-1/lock"), "");
        Path other = Files.createDirectory(parent.resolve("other-builds-1"));
        Path unlocked = Files.createDirectory(parent.resolve("maker-builds-notours"));

        try (BuildDirectories own = BuildDirectories.open(parent, "maker")) {
            assertThat(parent.resolve("maker-builds-1")).doesNotExist();
            assertThat(other).exists();
            assertThat(unlocked).exists();
            assertThat(own.newDirectory()).isEmptyDirectory();
        }
    }

    @Test
    void anInterruptedRemovalIsCompletedByTheNextProcess() throws IOException {
        Path abandoned = Files.createDirectories(parent.resolve("maker-builds-1/build-2/kept"));
        Files.writeString(abandoned.resolve("file"), "x");
        Path lock = Files.writeString(parent.resolve("maker-builds-1/lock"), "");
        Files.setPosixFilePermissions(abandoned, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            if (!Files.isWritable(abandoned)) {
                BuildDirectories.open(parent, "maker").close();
                assertThat(lock).as("shows that the rest is abandoned").exists();
            }
        } finally {
            Files.setPosixFilePermissions(abandoned, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        BuildDirectories.open(parent, "maker").close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aLivingProcessKeepsItsBuilds() throws IOException {
        try (BuildDirectories first = BuildDirectories.open(parent, "maker")) {
            Path build = first.newDirectory();
            try (BuildDirectories second = BuildDirectories.open(parent, "maker")) {
                assertThat(build).exists();
                assertThat(second.newDirectory().getParent()).isNotEqualTo(build.getParent());
            }
            assertThat(build).exists();
        }
        assertThat(parent).isEmptyDirectory();
    }

    /** As with the class loaders of Spring Boot's developer tools; they share the locks of the process. */
    @Test
    void anotherClassLoaderOfTheProcessKeepsItsBuilds() throws Exception {
        URL[] classPath = Stream.of(BuildDirectories.class, LoggerFactory.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (BuildDirectories own = BuildDirectories.open(parent, "maker");
                URLClassLoader other = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Path build = own.newDirectory();
            boolean isLocked = isLocked(build.resolveSibling("lock"));
            Method open = other.loadClass(BuildDirectories.class.getName())
                    .getDeclaredMethod("open", Path.class, String.class);
            open.setAccessible(true);
            try (Closeable second = (Closeable) open.invoke(null, parent, "maker")) {
                assertThat(second.getClass()).isNotEqualTo(BuildDirectories.class);
                assertThat(build).exists();
            }
            assertThat(build).exists();
            assertThat(isLocked(build.resolveSibling("lock"))).isEqualTo(isLocked);
        }
    }

    /** Whether other processes see the lock, too. Some file systems and containers do not show it. */
    private static boolean isLocked(Path file) throws IOException {
        Path locks = Path.of("/proc/locks");
        return Files.isReadable(locks)
                && Files.readString(locks).contains(":" + Files.getAttribute(file, "unix:ino") + " ");
    }

    @Test
    void aLockThatThisProcessHoldsIsNotAnError() throws IOException {
        Path directory = Files.createDirectory(parent.resolve("maker-builds-1"));
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            BuildDirectories.open(parent, "maker").close();
            assertThat(held.isValid()).isTrue();
        }
        assertThat(directory).exists();
    }

    @Test
    void aProcessThatIsKilledWhileItStartsLeavesNothingForLong() throws IOException {
        Path young = Files.createDirectory(parent.resolve(".maker-builds-1"));
        Path old = Files.createDirectory(parent.resolve(".maker-builds-2"));
        Files.createFile(old.resolve("lock"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        BuildDirectories.open(parent, "maker").close();

        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        Path victim = Files.createDirectories(parent.resolve("victim"));
        Path file = Files.writeString(
                Files.createDirectory(victim.resolve("build-1")).resolve("file"), "x");
        Files.createFile(victim.resolve("lock"));
        Files.createSymbolicLink(parent.resolve("maker-builds-link"), victim);
        Path linkedLock = Files.createDirectory(parent.resolve("maker-builds-1"));
        Files.createSymbolicLink(linkedLock.resolve("lock"), victim.resolve("lock"));

        BuildDirectories.open(parent, "maker").close();

        assertThat(file).exists();
        assertThat(linkedLock).exists();
    }

    /** Only root can create directories of others. */
    @Test
    void directoriesOfOtherUsersAreLeftAlone() throws IOException {
        Path foreign = Files.createDirectory(parent.resolve("maker-builds-1"));
        Files.createFile(foreign.resolve("lock"));
        boolean isForeign = true;
        try {
            Files.setAttribute(foreign, "unix:uid", 54_321);
        } catch (IOException e) {
            isForeign = false;
        }

        BuildDirectories.open(parent, "maker").close();

        assertThat(Files.exists(foreign)).isEqualTo(isForeign);
    }
}

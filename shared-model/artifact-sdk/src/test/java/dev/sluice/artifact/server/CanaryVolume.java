package dev.sluice.artifact.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A volume with artifacts that must be served, among files that must never be served, each of which contains {@link
 * #CANARY}.
 *
 * @param base base directory of the server under test
 */
public record CanaryVolume(Path base) {

    /** Contained in every file that must not be served, and in no artifact. */
    public static final String CANARY = "CANARY-6f1c-must-never-be-served";

    /** Request path of the directory of the artifacts. */
    public static final String DIRECTORY = "/externalartifact/default/app";

    /** Request path of an artifact of {@link #SIZE} bytes. */
    public static final String ARTIFACT = DIRECTORY + "/0123abcd.tar.gz";

    /** Size of the artifact in bytes. */
    public static final int SIZE = 100_000;

    /** Request path of a large artifact, for interrupted and slow downloads. */
    public static final String LARGE = DIRECTORY + "/large.tar.gz";

    private static final int LARGE_SIZE = 32 * 1024 * 1024;

    /** Creates the directory {@code volume} in the parent with artifacts, and adds canaries in and around it. */
    public static CanaryVolume create(Path parent) throws IOException {
        Path base = Files.createDirectories(parent.resolve("volume"));
        CanaryVolume volume = new CanaryVolume(base);
        Path app = Files.createDirectories(volume.path(DIRECTORY));
        Files.write(volume.path(ARTIFACT), content());
        try (RandomAccessFile large = new RandomAccessFile(volume.path(LARGE).toFile(), "rw")) {
            // a sparse file, because most tests never read it
            large.setLength(LARGE_SIZE);
        }
        Files.writeString(app.resolve("empty.tar.gz"), "");
        Files.writeString(app.resolve("with blank +é.tar.gz"), "blank");
        Files.createSymbolicLink(app.resolve("latest.tar.gz"), Path.of("0123abcd.tar.gz"));
        volume.hide(app);
        volume.surround(parent);
        return volume;
    }

    /** Returns the content of the artifact; the same for each call. */
    public static byte[] content() {
        byte[] bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /** Returns the file of a plain request path. */
    public Path path(String requestPath) {
        return base.resolve(requestPath.substring(1));
    }

    private void hide(Path app) throws IOException {
        canary(base.resolve(".sluice-volume"));
        canary(base.resolve(".lock"));
        canary(app.resolve(".lock"));
        canary(app.resolve(".tmp-00112233445566778899aabb"));
        canary(app.resolve(".hidden.tar.gz"));
        canary(app.resolve("0123abcd.tar.gz.lock"));
        canary(Files.createDirectories(app.resolve(".hidden")).resolve("in.tar.gz"));
        canary(Files.createDirectories(app.resolve("dir.lock")).resolve("in.tar.gz"));
        Files.createDirectories(app.resolve("directory.tar.gz"));
        Path other = Files.createDirectories(base.resolve("externalartifact/default/other"));
        canary(other.resolve(".secret"));
        Files.createSymbolicLink(app.resolve("hidden-link.tar.gz"), Path.of(".hidden.tar.gz"));
        Files.createSymbolicLink(app.resolve("other-link.tar.gz"), Path.of("../other/.secret"));
        Files.createSymbolicLink(app.resolve("loop.tar.gz"), Path.of("loop.tar.gz"));
        Files.createSymbolicLink(app.resolve("dangling.tar.gz"), Path.of("gone.tar.gz"));
    }

    private void surround(Path parent) throws IOException {
        Path app = path(DIRECTORY);
        Path outside = canary(parent.resolve("canary.txt"));
        canary(parent.resolve("canary.tar.gz"));
        canary(Files.createDirectories(parent.resolve("outside/deep")).resolve("canary.tar.gz"));
        canary(Files.createDirectories(parent.resolve("volume-sibling")).resolve("canary.tar.gz"));
        Files.createSymbolicLink(app.resolve("absolute-link.tar.gz"), outside.toAbsolutePath());
        Files.createSymbolicLink(app.resolve("relative-link.tar.gz"), Path.of("../../../../canary.tar.gz"));
        Files.createSymbolicLink(app.resolve("passwd-link.tar.gz"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(app.resolve("link-to-link.tar.gz"), Path.of("absolute-link.tar.gz"));
        Files.createSymbolicLink(
                app.resolve("outside"), parent.resolve("outside").toAbsolutePath());
        Files.createSymbolicLink(base.resolve("root"), Path.of("/"));
        Files.createSymbolicLink(base.resolve("up"), Path.of(".."));
    }

    private static Path canary(Path file) throws IOException {
        return Files.write(file, CANARY.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The root directories of both images, built once with the Dockerfile's script. */
final class ImageLayout {

    private static Optional<Path> made = Optional.empty();

    private ImageLayout() {}

    /**
     * Returns the directory that {@code deploy/image-layout} builds, or an existing one that the environment names. Skips
     * the test if there is no JDK 25. The AOT training takes a minute of CPU time, so only CI runs it.
     */
    static synchronized Path orSkip() {
        String earlier = System.getenv().getOrDefault("SLUICE_IMAGE_LAYOUT", "");
        if (!earlier.isBlank()) {
            return Path.of(earlier).toAbsolutePath();
        }
        if (!hasJdk25()) {
            System.out.println("no JDK 25 found (SLUICE_IMAGE_JDK); the image layout is not tested");
            Assumptions.abort("no JDK 25 found; set SLUICE_IMAGE_JDK");
        }
        if (made.isEmpty()) {
            Path directory = Path.of("target", "image").toAbsolutePath();
            String training = "true".equals(System.getenv("CI")) ? "on" : "off";
            String script = Repository.ROOT.resolve("deploy/image-layout").toString();
            Tool.run(List.of("env", "SLUICE_IMAGE_TRAINING=" + training, script, directory.toString()))
                    .orFail();
            made = Optional.of(directory);
        }
        return made.get();
    }

    private static boolean hasJdk25() {
        String named = System.getenv().getOrDefault("SLUICE_IMAGE_JDK", "");
        if (!named.isBlank()) {
            return true;
        }
        try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
            return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed)
                    .anyMatch(ImageLayout::isJdk25);
        } catch (IOException e) {
            return isJdk25(Path.of(System.getProperty("java.home")));
        }
    }

    private static boolean isJdk25(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/jlink"))
                    && Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"25");
        } catch (IOException noRelease) {
            return false;
        }
    }
}

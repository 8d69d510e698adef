package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The roots of both images, made once by the script that the Dockerfile runs. */
final class ImageLayout {

    private static Optional<Path> made = Optional.empty();

    private ImageLayout() {}

    /**
     * The directory that {@code deploy/image-layout} made, or made earlier and the environment names; skips the test
     * where there is no JDK 25. Training takes a minute of processor time, so it is left to CI.
     */
    static synchronized Path orSkip() {
        String earlier = System.getenv().getOrDefault("SLUICE_IMAGE_LAYOUT", "");
        if (!earlier.isBlank()) {
            return Path.of(earlier).toAbsolutePath();
        }
        if (!hasJdk25()) {
            System.out.println("no JDK 25 at hand (SLUICE_IMAGE_JDK): the image layout is untried");
            Assumptions.abort("no JDK 25 at hand: set SLUICE_IMAGE_JDK");
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

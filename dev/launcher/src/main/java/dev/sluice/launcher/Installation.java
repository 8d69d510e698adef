package dev.sluice.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The files that the script {@code sluice} built; the script passes the root in the system property {@code
 * sluice.home}.
 */
final class Installation {

    private Installation() {}

    /** The root of the checkout. */
    static Path root() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("sluice.home"), "."))
                .toAbsolutePath()
                .normalize();
    }

    /** The jar of a service; its libraries are in the same directory. */
    static Path jar(String service) {
        Path jar = root().resolve("target").resolve("dist").resolve(service).resolve(service + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("%s does not exist; run ./sluice to build it".formatted(jar));
        }
        return jar;
    }
}

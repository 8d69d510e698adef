package dev.sluice.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the script {@code sluice} put what it built; it tells by the system property {@code sluice.home}. */
final class Installation {

    private Installation() {}

    /** The root of the checkout. */
    static Path root() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("sluice.home"), "."))
                .toAbsolutePath()
                .normalize();
    }

    /** The jar of a service, with its libraries beside it. */
    static Path jar(String service) {
        Path jar = root().resolve("target").resolve("dist").resolve(service).resolve(service + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("%s is not built: run ./sluice, which builds it".formatted(jar));
        }
        return jar;
    }
}

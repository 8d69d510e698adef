package dev.sluice.deploy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The source-watcher in {@code SLUICE_SOURCE_WATCHER}: a checkout of github.com/fluxcd/source-watcher at 2.2.1 with the
 * binary, built with {@code go build -o source-watcher ./cmd}.
 */
record Reference(Path checkout) {

    static Reference orSkip() {
        Optional<Reference> reference = find();
        if (reference.isEmpty()) {
            System.out.println("SLUICE_SOURCE_WATCHER is not set; the migration from source-watcher is not tested");
            Assumptions.abort("SLUICE_SOURCE_WATCHER is not set; set it to a checkout with a built binary");
        }
        return reference.get();
    }

    static Optional<Reference> find() {
        return Optional.ofNullable(System.getenv("SLUICE_SOURCE_WATCHER"))
                .filter(checkout -> !checkout.isBlank())
                .map(checkout -> new Reference(Path.of(checkout)));
    }

    Path binary() {
        Path binary = checkout.resolve("source-watcher");
        Assumptions.assumeTrue(
                Files.isExecutable(binary), binary + " does not exist; run go build -o source-watcher ./cmd");
        return binary;
    }

    Path definition() {
        return checkout.resolve("config/crd/bases/source.extensions.fluxcd.io_artifactgenerators.yaml");
    }
}

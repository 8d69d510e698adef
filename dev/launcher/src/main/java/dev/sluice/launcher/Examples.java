package dev.sluice.launcher;

import dev.sluice.launcher.source.LocalSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The default options: the examples of the repository. */
final class Examples {

    private Examples() {}

    static DevOptions options(Ports ports, @Nullable Path data, String logLevel) {
        Path examples = Installation.root().resolve("examples").resolve("dev");
        if (!Files.isDirectory(examples)) {
            throw new IllegalArgumentException(
                    "no examples found in %s; use --source NAME=DIR and -f FILE".formatted(examples));
        }
        List<LocalSource> sources = List.of(
                new LocalSource("shop", examples.resolve("shop")), new LocalSource("base", examples.resolve("base")));
        return new DevOptions(sources, List.of(examples.resolve("generators.yaml")), data, ports, logLevel);
    }
}

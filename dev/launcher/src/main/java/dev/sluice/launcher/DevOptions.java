package dev.sluice.launcher;

import dev.sluice.launcher.source.LocalSource;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parsed options of {@code ./sluice dev}.
 *
 * @param data the data directory, or null for a temporary one
 */
record DevOptions(
        List<LocalSource> sources,
        List<Path> files,
        @Nullable Path data,
        Ports ports,
        String logLevel) {

    DevOptions {
        sources = List.copyOf(sources);
        files = List.copyOf(files);
        Set<String> names = new HashSet<>();
        for (LocalSource source : sources) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException("--source '%s': duplicate name".formatted(source.name()));
            }
        }
    }
}

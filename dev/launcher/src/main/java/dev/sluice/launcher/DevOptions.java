package dev.sluice.launcher;

import dev.sluice.launcher.source.LocalSource;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param data where everything is kept, or null for a temporary directory
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
                throw new IllegalArgumentException("--source '%s' is given twice".formatted(source.name()));
            }
        }
    }
}

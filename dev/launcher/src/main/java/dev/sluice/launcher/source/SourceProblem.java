package dev.sluice.launcher.source;

import dev.sluice.toolkit.source.SourceReasons;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reason and message of a directory that cannot be published. */
record SourceProblem(String reason, String message) {

    static SourceProblem of(LocalSource source, IOException failure) {
        Path directory = source.directory();
        if (Files.notExists(directory)) {
            return new SourceProblem(
                    SourceReasons.STAT_OPERATION_FAILED, "directory %s does not exist".formatted(directory));
        }
        if (!Files.isDirectory(directory)) {
            return new SourceProblem(SourceReasons.STAT_OPERATION_FAILED, "%s is not a directory".formatted(directory));
        }
        return new SourceProblem(SourceReasons.READ_OPERATION_FAILED, explain(directory, failure));
    }

    private static String explain(Path directory, IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "cannot read %s: permission denied; check owner and mode".formatted(denied.getFile());
        }
        if (failure instanceof FileSystemException file) {
            String why = Objects.requireNonNullElse(
                    file.getReason(), failure.getClass().getSimpleName());
            return "cannot read %s: %s".formatted(file.getFile(), why);
        }
        return "cannot read %s: %s".formatted(directory, failure.getMessage());
    }

    /** The same problem of a source that has a published artifact. */
    SourceProblem withPublishedArtifact() {
        return new SourceProblem(reason, message + "; its last artifact stays published");
    }
}

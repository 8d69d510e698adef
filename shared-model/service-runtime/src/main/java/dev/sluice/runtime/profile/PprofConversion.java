package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import one.convert.Arguments;
import one.convert.JfrToPprof;

/** Converts recordings to gzipped {@code profile.proto} with async-profiler's converter. */
final class PprofConversion {

    private PprofConversion() {}

    /** Converts and deletes the recording. */
    static ProfileResponse of(Path recording, String... options) throws ProfileException {
        try {
            Path converted = Files.createTempFile("sluice-profile-", ".pb.gz");
            try {
                Arguments arguments = new Arguments(options);
                arguments.output = "pb.gz";
                JfrToPprof.convert(recording.toString(), converted.toString(), arguments);
                return ProfileResponse.binary(Files.readAllBytes(converted));
            } finally {
                Files.deleteIfExists(converted);
                Files.deleteIfExists(recording);
            }
        } catch (IOException e) {
            throw ProfileException.unavailable("cannot convert the recording: " + e.getMessage(), e);
        }
    }
}

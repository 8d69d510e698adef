package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Watches this JVM for some time with its own Flight Recorder. */
final class FlightRecording {

    private FlightRecording() {}

    /**
     * Records events into a temporary file.
     *
     * @param settings in the recorder's own terms, such as {@code jdk.ExecutionSample#period}
     */
    static Path take(Map<String, String> settings, Duration time) throws ProfileException, InterruptedException {
        try (Recording recording = new Recording(settings)) {
            recording.setName("pprof");
            recording.start();
            Thread.sleep(time.toMillis());
            recording.stop();
            return dump(recording);
        } catch (IOException | IllegalStateException e) {
            throw ProfileException.unavailable("the Flight Recorder of this JVM failed: " + e.getMessage(), e);
        }
    }

    /** Everything that the recorder's own profile setting has, for people with a viewer. */
    static Path takeAll(Duration time) throws ProfileException, InterruptedException {
        try {
            return take(Configuration.getConfiguration("profile").getSettings(), time);
        } catch (IOException | ParseException e) {
            throw ProfileException.unavailable("this JVM has no setting \"profile\": " + e.getMessage(), e);
        }
    }

    private static Path dump(Recording recording) throws IOException {
        Path file = Files.createTempFile("sluice-profile-", ".jfr");
        boolean complete = false;
        try {
            recording.dump(file);
            complete = true;
            return file;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }
}

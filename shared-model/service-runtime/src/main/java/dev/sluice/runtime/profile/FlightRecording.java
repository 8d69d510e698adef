package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** Records this JVM with its Flight Recorder. */
final class FlightRecording {

    private static final List<String> CONFIDENTIAL = List.of(
            "jdk.InitialEnvironmentVariable",
            "jdk.InitialSystemProperty",
            "jdk.InitialSecurityProperty",
            "jdk.SecurityPropertyModification",
            "jdk.JVMInformation",
            "jdk.SystemProcess",
            "jdk.ProcessStart");

    private FlightRecording() {}

    /**
     * Records events into a temporary file.
     *
     * @param settings Flight Recorder settings, such as {@code jdk.ExecutionSample#period}
     */
    static Path take(Map<String, String> settings, Duration time) throws ProfileException, InterruptedException {
        try (Recording recording = new Recording(settings)) {
            recording.setName("pprof");
            recording.start();
            Thread.sleep(time.toMillis());
            recording.stop();
            return dump(recording);
        } catch (IOException | IllegalStateException e) {
            throw ProfileException.unavailable("Flight Recorder failed: " + e.getMessage(), e);
        }
    }

    /**
     * Records the events of the Flight Recorder's "profile" settings, for a viewer. Excludes events with environment
     * variables, properties and command lines, because these may contain credentials.
     */
    static Path takeAll(Duration time) throws ProfileException, InterruptedException {
        refuseCompany();
        try {
            Map<String, String> settings =
                    new HashMap<>(Configuration.getConfiguration("profile").getSettings());
            // counting objects triggers a garbage collection; disable it even if the settings of this JDK enable it
            settings.put("jdk.ObjectCount#enabled", "false");
            CONFIDENTIAL.forEach(event -> settings.put(event + "#enabled", "false"));
            return take(settings, time);
        } catch (IOException | ParseException e) {
            throw ProfileException.unavailable(
                    "this JVM has no Flight Recorder settings \"profile\": " + e.getMessage(), e);
        }
    }

    /**
     * Fails if another recording runs: all recordings of a JVM share their events, and it may have enabled confidential
     * ones.
     */
    private static void refuseCompany() throws ProfileException {
        if (FlightRecorder.isInitialized()
                && FlightRecorder.getFlightRecorder().getRecordings().stream()
                        .anyMatch(recording -> recording.getState() == RecordingState.RUNNING)) {
            throw ProfileException.conflict(
                    "another Flight Recorder recording is running in this JVM, and this one would include its events; "
                            + "use jcmd JFR.stop to stop it, or JFR.dump to use it");
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

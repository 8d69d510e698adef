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

/** Watches this JVM for some time with its own Flight Recorder. */
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

    /**
     * What the recorder's own profile setting has, for people with a viewer; without the events that hold environment
     * variables, properties and command lines, since these may hold credentials.
     */
    static Path takeAll(Duration time) throws ProfileException, InterruptedException {
        refuseCompany();
        try {
            Map<String, String> settings =
                    new HashMap<>(Configuration.getConfiguration("profile").getSettings());
            // counting objects collects garbage, whoever edited the profile setting of this JDK
            settings.put("jdk.ObjectCount#enabled", "false");
            CONFIDENTIAL.forEach(event -> settings.put(event + "#enabled", "false"));
            return take(settings, time);
        } catch (IOException | ParseException e) {
            throw ProfileException.unavailable("this JVM has no setting \"profile\": " + e.getMessage(), e);
        }
    }

    /** All recordings of a JVM get what any of them asks for, and another one may ask for what is confidential. */
    private static void refuseCompany() throws ProfileException {
        if (FlightRecorder.isInitialized()
                && FlightRecorder.getFlightRecorder().getRecordings().stream()
                        .anyMatch(recording -> recording.getState() == RecordingState.RUNNING)) {
            throw ProfileException.conflict(
                    "another Flight Recorder recording runs in this JVM, and its events would be in this one: "
                            + "stop it or use it, with jcmd JFR.stop or JFR.dump");
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

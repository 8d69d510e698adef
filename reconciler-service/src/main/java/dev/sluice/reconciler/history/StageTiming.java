package dev.sluice.reconciler.history;

import dev.sluice.reconciler.stage.Stage;
import java.time.Duration;

/**
 * The duration of one stage.
 *
 * @param subject what the stage worked on: a digest, an artifact, or a path
 */
public record StageTiming(Stage stage, String subject, Duration took) {}

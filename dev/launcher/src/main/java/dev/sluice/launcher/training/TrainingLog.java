package dev.sluice.launcher.training;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.launcher.source.LocalSource;
import dev.sluice.launcher.source.SourceEvents;
import java.time.Duration;

/** Prints the source events of a training run. */
final class TrainingLog implements SourceEvents {

    @Override
    public void published(LocalSource source, Artifact artifact, int files, Duration took) {
        System.err.println("training: published " + source.name() + " at " + artifact.revision());
    }

    @Override
    public void failed(LocalSource source, String problem) {
        System.err.println("training: " + source.name() + ": " + problem);
    }

    @Override
    public void recovered(LocalSource source) {
        System.err.println("training: " + source.name() + ": readable again, content unchanged");
    }
}

package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.util.Map;

/** Tells people what happened; never delays or fails a run. */
public interface GeneratorEvents {

    /** Something is wrong. */
    void warning(ArtifactGenerator generator, String reason, String message);

    /** Something changed; the metadata tells consumers of notifications which revision. */
    void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata);

    /** For those who look closely; not sent to the notification-controller. */
    void trace(ArtifactGenerator generator, String reason, String message);
}

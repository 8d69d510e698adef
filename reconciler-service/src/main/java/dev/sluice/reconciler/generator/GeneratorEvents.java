package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import io.kubernetes.client.common.KubernetesObject;
import java.util.Map;

/** Emits events; never delays or fails a run. */
public interface GeneratorEvents {

    /** Reports a failure. */
    void warning(ArtifactGenerator generator, String reason, String message);

    /** Reports a conflict about an object to those who use it. */
    void warning(KubernetesObject object, String reason, String message);

    /** Reports a change; the metadata contains the revisions. */
    void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata);

    /** Reports details; not sent to the notification-controller. */
    void trace(ArtifactGenerator generator, String reason, String message);
}

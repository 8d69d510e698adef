package dev.sluice.controller.queue;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The reconcile ID that every log line of a controller's run carries, including its completion.
 *
 * @param before the thread's MDC before the run
 */
record RunId(@Nullable Map<String, String> before) {

    static final String FIELD = "reconcileID";

    static RunId begin() {
        RunId run = new RunId(MDC.getCopyOfContextMap());
        MDC.put(FIELD, UUID.randomUUID().toString());
        return run;
    }

    /** Restores the MDC to its state before the run. */
    void end() {
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}

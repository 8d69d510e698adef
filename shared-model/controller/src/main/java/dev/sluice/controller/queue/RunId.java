package dev.sluice.controller.queue;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ID that every log line of a controller's run carries, from its beginning until it is settled.
 *
 * @param before what the thread had in its diagnostic context
 */
record RunId(@Nullable Map<String, String> before) {

    static final String FIELD = "reconcileID";

    static RunId begin() {
        RunId run = new RunId(MDC.getCopyOfContextMap());
        MDC.put(FIELD, UUID.randomUUID().toString());
        return run;
    }

    /** Takes back the ID and whatever was put beside it since. */
    void end() {
        if (before == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(before);
        }
    }
}

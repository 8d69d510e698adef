package dev.sluice.controller.source;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Reports that a controller cannot start, also if the program has no SLF4J provider. */
final class StartReport {

    private StartReport() {}

    /** @param cause logged with its stack; null for none */
    static void cannotStart(Logger log, @Nullable Throwable cause, String error) {
        log.atError().setCause(cause).addKeyValue("error", error).log("cannot start");
        if (!log.isErrorEnabled()) {
            System.err.println("cannot start: " + error);
        }
    }
}

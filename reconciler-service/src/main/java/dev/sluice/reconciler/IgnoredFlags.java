package dev.sluice.reconciler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts flags of the reference controller that have no effect here, and logs that once. */
final class IgnoredFlags {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoredFlags.class);

    IgnoredFlags(ReconcilerSettings settings) {
        if (!settings.watchConfigsLabelSelector().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("flag", "--watch-configs-label-selector")
                    .log("flag accepted without effect: this controller does not watch ConfigMaps or Secrets");
        }
    }
}

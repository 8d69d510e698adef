package dev.sluice.reconciler;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Flags that are accepted so that a deployment of the reference starts unchanged; says once that they do nothing. */
@Component
final class IgnoredFlags {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoredFlags.class);

    IgnoredFlags(ReconcilerSettings settings) {
        if (!settings.watchConfigsLabelSelector().isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("flag", "--watch-configs-label-selector")
                    .log("accepted without effect: this controller watches no ConfigMaps or Secrets");
        }
    }
}

package dev.sluice.reconciler;

import dev.sluice.reconciler.volume.VolumeOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Intervals of the volume maintenance. Spring properties without flags, because the defaults suit almost all
 * installations.
 */
@ConfigurationProperties("sluice.volume")
record VolumeSettings(
        @DefaultValue("6h") Duration verifyEvery,
        @DefaultValue("30m") Duration sweepEvery,
        @DefaultValue("1h") Duration orphanGrace,
        @DefaultValue("10s") Duration tick) {

    VolumeOptions options() {
        return new VolumeOptions(verifyEvery, sweepEvery, orphanGrace, tick);
    }
}

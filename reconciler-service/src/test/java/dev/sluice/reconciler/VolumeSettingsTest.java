package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.reconciler.publish.ServedArtifactVerifier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

class VolumeSettingsTest {

    /** Maximum time between the write of an artifact and of its ExternalArtifact: three attempts of a minute. */
    private static final Duration READ_BACK =
            ServedArtifactVerifier.Limits.DEFAULT.reading().multipliedBy(3);

    @Test
    void theOrphanGracePeriodExceedsTheReadBackOfAnotherShard() {
        VolumeSettings defaults = new Binder(List.of()).bindOrCreate("sluice.volume", VolumeSettings.class);

        assertThat(defaults.orphanGrace()).isGreaterThan(READ_BACK.multipliedBy(10));
    }
}

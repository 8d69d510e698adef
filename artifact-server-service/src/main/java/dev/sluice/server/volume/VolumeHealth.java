package dev.sluice.server.volume;

import java.util.function.Predicate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health indicators of the volume. */
@Configuration(proxyBeanMethods = false)
class VolumeHealth {

    /** For readiness. */
    @Bean
    HealthIndicator volumeHealthIndicator(VolumeWatch volume) {
        return () -> health(volume.latest(), VolumeStatus::ready);
    }

    /** For liveness: a replaced volume is the only state that only a restart can end. */
    @Bean
    HealthIndicator sameVolumeHealthIndicator(VolumeWatch volume) {
        return () -> health(volume.latest(), status -> !status.replaced());
    }

    private static Health health(VolumeStatus status, Predicate<VolumeStatus> up) {
        return (up.test(status) ? Health.up() : Health.down())
                .withDetail("detail", status.detail())
                .build();
    }
}

package dev.sluice.server.volume;

import java.util.function.Predicate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The volume's part in the health groups. */
@Configuration(proxyBeanMethods = false)
class VolumeHealth {

    /** Readiness. */
    @Bean
    HealthIndicator volumeHealthIndicator(VolumeWatch volume) {
        return () -> health(volume.latest(), VolumeStatus::ready);
    }

    /** Liveness: the one state that only a restart ends is that another volume took the place of the first. */
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

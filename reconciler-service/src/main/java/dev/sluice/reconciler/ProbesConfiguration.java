package dev.sluice.reconciler;

import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.queue.Controller;
import dev.sluice.toolkit.meta.ObjectKey;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The port of the readiness and liveness probes, and their health indicators. A standby is ready too. */
@Configuration(proxyBeanMethods = false)
class ProbesConfiguration {

    @Bean
    ProbesPort probesPort(ReconcilerSettings settings) throws UnknownHostException {
        return new ProbesPort(ListenAddress.parse(settings.healthAddr()));
    }

    @Bean
    HealthIndicator cachesHealthIndicator(Informers informers) {
        return () -> informers.hasSynced()
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "the caches are not synced")
                        .build();
    }

    /** For the liveness probe: down if keys are queued and no worker makes progress, which only a restart resolves. */
    @Bean
    HealthIndicator workersHealthIndicator(Controller<ObjectKey> controller) {
        return () -> controller.isWedged()
                ? Health.down()
                        .withDetail("reason", "objects are queued and no worker makes progress")
                        .build()
                : Health.up().build();
    }

    @Bean
    HealthIndicator volumeHealthIndicator(ReconcilerSettings settings) {
        Path volume = settings.storagePath();
        return () -> Files.isDirectory(volume) && Files.isWritable(volume)
                ? Health.up().build()
                : Health.down()
                        .withDetail("reason", "the storage path is not a writable directory: " + volume)
                        .build();
    }
}

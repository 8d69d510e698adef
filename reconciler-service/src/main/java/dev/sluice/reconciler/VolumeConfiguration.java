package dev.sluice.reconciler;

import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.reconciler.generator.GeneratorController;
import dev.sluice.reconciler.volume.ClusterArtifacts;
import dev.sluice.reconciler.volume.ExternalArtifactLister;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The maintenance of the volume; {@link ReconcilerLifecycle} starts and stops it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VolumeSettings.class)
class VolumeConfiguration {

    @Bean
    KeyLocks keyLocks() {
        return new KeyLocks();
    }

    @Bean
    ExternalArtifactLister publishedArtifacts(
            GeneratorInformers informers, ApiRequests requests, ReconcilerSettings settings, Clock clock) {
        ExternalArtifactPublisher publisher =
                new ExternalArtifactPublisher(requests, PublisherOptions.named(GeneratorController.NAME), clock);
        return new ClusterArtifacts(
                informers, requests, WatchedNamespace.of(settings, System.getenv()), publisher::ownsArtifact);
    }

    @Bean
    VolumeMaintenance.Volume maintainedVolume(
            ReconcilerSettings settings,
            ArtifactStorage storage,
            VerifiedFiles verified,
            ExternalArtifactLister published,
            KeyLocks locks,
            LeaderGate gate,
            Controller<ObjectKey> controller) {
        return new VolumeMaintenance.Volume(
                settings.storagePath(), gate::requireLead, storage, verified, published, locks, controller::enqueue);
    }

    @Bean(destroyMethod = "")
    VolumeMaintenance volumeMaintenance(VolumeMaintenance.Volume volume, VolumeSettings settings, Clock clock) {
        return new VolumeMaintenance(volume, settings.options(), clock);
    }
}

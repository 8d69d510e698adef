package dev.sluice.runtime.profile;

import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.management.HeapDumpWebEndpointAutoConfiguration;
import org.springframework.boot.actuate.management.HeapDumpWebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Configures profiling and the rate limit for requested garbage collections, for every service. */
@AutoConfiguration(before = HeapDumpWebEndpointAutoConfiguration.class)
class ProfilingConfiguration {

    @Bean
    ForcedCollections forcedCollections() {
        return new ForcedCollections(System::nanoTime);
    }

    @Bean
    Profiles profiles(ForcedCollections collections) {
        return new Profiles(InstantSource.system(), new LiveObjects(), collections);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    HeapDumpWebEndpoint heapDumpWebEndpoint(ForcedCollections collections) {
        return new PacedHeapDumps(collections);
    }

    @Bean
    PprofEndpoint pprofEndpoint(Profiles profiles) {
        return new PprofEndpoint(profiles);
    }
}

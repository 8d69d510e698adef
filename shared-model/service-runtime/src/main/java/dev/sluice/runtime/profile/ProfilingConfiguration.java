package dev.sluice.runtime.profile;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The endpoint, for every service. */
@AutoConfiguration
class ProfilingConfiguration {

    @Bean
    Profiles profiles() {
        return new Profiles(InstantSource.system(), new LiveObjects());
    }

    @Bean
    PprofEndpoint pprofEndpoint(Profiles profiles) {
        return new PprofEndpoint(profiles);
    }
}

package dev.sluice.server;

import dev.sluice.runtime.Service;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Entry point of the artifact server. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ArtifactServerSettings.class)
@EnableScheduling
public class ArtifactServerApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        Service.of(ArtifactServerApplication.class, ArtifactServerFlags.all()).run(args);
    }
}

package dev.sluice.server;

import dev.sluice.runtime.Service;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the artifact server. */
@SpringBootApplication(proxyBeanMethods = false)
public class ArtifactServerApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        Service.of(ArtifactServerApplication.class, ArtifactServerFlags.all()).run(args);
    }
}

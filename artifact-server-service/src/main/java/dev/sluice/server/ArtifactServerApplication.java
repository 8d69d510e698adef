package dev.sluice.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the artifact server. */
@SpringBootApplication
public class ArtifactServerApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(ArtifactServerApplication.class, args);
    }
}

package dev.sluice.reconciler;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the reconciler service. */
@SpringBootApplication
public class ReconcilerApplication {

    /** Starts the service. */
    public static void main(String[] args) {
        SpringApplication.run(ReconcilerApplication.class, args);
    }
}

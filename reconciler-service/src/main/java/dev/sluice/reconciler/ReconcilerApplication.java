package dev.sluice.reconciler;

import dev.sluice.reconciler.offline.OfflineCommands;
import dev.sluice.runtime.Service;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Entry point of the reconciler: the service, or an offline command. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ReconcilerApplication {

    /** Starts the service. {@code build} and {@code diff} run without Spring and exit with their exit code. */
    public static void main(String[] args) {
        if (OfflineCommands.handles(args)) {
            System.exit(OfflineCommands.run(args, System.out, System.err));
        }
        Service.of(ReconcilerApplication.class, ReconcilerFlags.all()).run(args);
    }
}

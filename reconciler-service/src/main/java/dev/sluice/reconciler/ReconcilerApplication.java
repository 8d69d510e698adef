package dev.sluice.reconciler;

import dev.sluice.reconciler.offline.OfflineCommands;
import dev.sluice.runtime.Service;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Entry point of the reconciler: the service, or an offline command. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ReconcilerSettings.class)
// named, because a component scan would read every class file of the service at each start
@Import({
    ConsoleConfiguration.class,
    ControllerConfiguration.class,
    IgnoredFlags.class,
    KubernetesConfiguration.class,
    MetricsConfiguration.class,
    ProbesConfiguration.class,
    StorageConfiguration.class,
    TlsConfiguration.class,
    VolumeConfiguration.class
})
public class ReconcilerApplication {

    /** Starts the service. {@code build} and {@code diff} run without Spring and exit with their exit code. */
    public static void main(String[] args) {
        if (OfflineCommands.handles(args)) {
            System.exit(OfflineCommands.run(args, System.out, System.err));
        }
        Service.of(ReconcilerApplication.class, ReconcilerFlags.all()).run(args);
    }
}

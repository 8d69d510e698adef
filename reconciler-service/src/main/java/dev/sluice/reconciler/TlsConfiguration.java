package dev.sluice.reconciler;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.artifact.tls.TlsState;
import dev.sluice.runtime.StartFailureException;
import java.nio.file.Path;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The certificates for connections to artifact servers and to the event receiver. */
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    ReloadingTls clientTls(ReconcilerSettings settings) {
        ReloadingTls tls = ReloadingTls.of(files(settings));
        // logs what is missing before the first connection
        tls.state();
        return tls;
    }

    /** For readiness: without the certificates no source can be fetched. */
    @Bean
    HealthIndicator tlsHealthIndicator(ReloadingTls clientTls) {
        return () -> {
            TlsState state = clientTls.state();
            return (state.usable() ? Health.up() : Health.down())
                    .withDetail("reason", state.detail())
                    .build();
        };
    }

    @Bean
    FetchAccess fetchAccess(ReconcilerSettings settings, ReloadingTls clientTls) {
        return files(settings).isEmpty()
                ? FetchAccess.open()
                : FetchAccess.open().withTls(clientTls.context());
    }

    /** @throws StartFailureException if only one of the flags for the client certificate is set */
    static TlsFiles files(ReconcilerSettings settings) {
        if (settings.clientCertFile().isEmpty() != settings.clientKeyFile().isEmpty()) {
            throw new StartFailureException("--client-cert-file and --client-key-file must be set together");
        }
        TlsFiles files = settings.clientCertFile().isEmpty()
                ? TlsFiles.none()
                : TlsFiles.none()
                        .withCertificate(Path.of(settings.clientCertFile()), Path.of(settings.clientKeyFile()));
        return settings.caFile().isEmpty() ? files : files.withAuthorities(Path.of(settings.caFile()));
    }
}

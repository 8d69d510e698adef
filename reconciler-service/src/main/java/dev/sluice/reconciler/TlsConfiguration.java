package dev.sluice.reconciler;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.tls.TlsState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** TLS of connections to artifact servers and to the event receiver. */
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean(destroyMethod = "close")
    ClientTls clientTls(ReconcilerSettings settings) {
        return new ClientTls(settings);
    }

    /** For readiness: without the certificates no source can be fetched. */
    @Bean
    HealthIndicator tlsHealthIndicator(ClientTls clientTls) {
        return () -> {
            TlsState state = clientTls.state();
            return (state.usable() ? Health.up() : Health.down())
                    .withDetail("reason", state.detail())
                    .build();
        };
    }

    @Bean
    FetchAccess fetchAccess(ClientTls clientTls) {
        return clientTls.access();
    }
}

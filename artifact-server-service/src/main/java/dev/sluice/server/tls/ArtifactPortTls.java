package dev.sluice.server.tls;

import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsState;
import dev.sluice.runtime.SpiffeEndpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The certificates of the artifact port, if it has TLS. For readiness: a port without a usable certificate is not ready. */
@Component("tls")
@EnableConfigurationProperties(TlsSettings.class)
public final class ArtifactPortTls implements HealthIndicator, AutoCloseable {

    private final @Nullable WorkloadIdentity identity;
    private final @Nullable TlsSource tls;

    ArtifactPortTls(TlsSettings settings, MeterRegistry registry) {
        identity = settings.usesSpiffe() ? SpiffeEndpoint.open(settings.spiffeEndpointSocket()) : null;
        tls = identity != null
                ? SpiffeTls.of(identity, settings.authorizedClients())
                : settings.usesFiles() ? ReloadingTls.of(settings.files()) : null;
        if (tls != null) {
            // logs what is missing before the first connection
            tls.state();
        }
        Gauge.builder("sluice.tls.certificate.expiration.timestamp.seconds", tls, ArtifactPortTls::expiration)
                .description("End of validity of the artifact port's certificate; NaN without a certificate")
                .register(registry);
    }

    private static double expiration(@Nullable TlsSource tls) {
        return tls == null
                ? Double.NaN
                : tls.state()
                        .expires()
                        .map(end -> (double) end.getEpochSecond())
                        .orElse(Double.NaN);
    }

    /** Returns the certificates; empty if the port serves plain HTTP. */
    public Optional<TlsSource> certificates() {
        return Optional.ofNullable(tls);
    }

    @Override
    public void close() {
        if (identity != null) {
            identity.close();
        }
    }

    @Override
    public Health health() {
        TlsState state = tls == null ? new TlsState(true, "plain HTTP", Optional.empty()) : tls.state();
        return (state.usable() ? Health.up() : Health.down())
                .withDetail("detail", state.detail())
                .build();
    }
}

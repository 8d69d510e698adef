package dev.sluice.server.tls;

import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The certificates of the artifact port, if it has TLS. For readiness: a port without a usable certificate is not ready. */
@Component("tls")
public final class ArtifactPortTls implements HealthIndicator {

    private final @Nullable ReloadingTls tls;

    ArtifactPortTls(TlsSettings settings, MeterRegistry registry) {
        tls = settings.isEnabled() ? ReloadingTls.of(settings.files()) : null;
        if (tls != null) {
            // logs what is missing before the first connection
            tls.state();
        }
        Gauge.builder("sluice.tls.certificate.expiration.timestamp.seconds", tls, ArtifactPortTls::expiration)
                .description("End of validity of the artifact port's certificate; NaN without a certificate")
                .register(registry);
    }

    private static double expiration(@Nullable ReloadingTls tls) {
        return tls == null
                ? Double.NaN
                : tls.state()
                        .expires()
                        .map(end -> (double) end.getEpochSecond())
                        .orElse(Double.NaN);
    }

    /** Returns the certificates; empty if the port serves plain HTTP. */
    public Optional<ReloadingTls> certificates() {
        return Optional.ofNullable(tls);
    }

    @Override
    public Health health() {
        TlsState state = tls == null ? new TlsState(true, "plain HTTP", Optional.empty()) : tls.state();
        return (state.usable() ? Health.up() : Health.down())
                .withDetail("detail", state.detail())
                .build();
    }
}

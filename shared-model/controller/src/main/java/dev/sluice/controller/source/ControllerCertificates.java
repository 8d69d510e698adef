package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsSource;
import java.io.Closeable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The certificates of a running controller: its SVID, and those in files. */
final class ControllerCertificates implements Closeable {

    private final @Nullable WorkloadIdentity identity;
    private final Optional<TlsSource> server;
    private final ReloadingTls downloads;
    private final TlsSource events;
    private final FetchAccess access;

    ControllerCertificates(ControllerTls tls) {
        ControllerSpiffe spiffe = tls.spiffe();
        identity = spiffe.isUsed() ? WorkloadIdentity.open(spiffe.endpointSocket()) : null;
        downloads = ReloadingTls.of(tls.client());
        access = tls.client().isEmpty()
                ? FetchAccess.open()
                : FetchAccess.open().withTls(downloads, tls::presentsCertificateTo);
        Optional<TlsSource> files = tls.isServer() ? Optional.of(ReloadingTls.of(tls.server())) : Optional.empty();
        server = spiffe.artifactClients()
                .<TlsSource>map(ids -> SpiffeTls.of(Objects.requireNonNull(identity), ids))
                .or(() -> files);
        events = spiffe.eventServers()
                .<TlsSource>map(ids -> SpiffeTls.of(Objects.requireNonNull(identity), ids))
                .orElse(downloads);
    }

    /** Empty for plain HTTP. */
    Optional<TlsSource> server() {
        return server;
    }

    TlsSource events() {
        return events;
    }

    /** For downloads of what the controller builds from. */
    FetchAccess access() {
        return access;
    }

    boolean areUsable() {
        return downloads.state().usable()
                && events.state().usable()
                && server.map(tls -> tls.state().usable()).orElse(true);
    }

    @Override
    public void close() {
        if (identity != null) {
            identity.close();
        }
    }
}

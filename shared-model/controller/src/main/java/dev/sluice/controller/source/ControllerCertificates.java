package dev.sluice.controller.source;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
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
    private final TlsSource downloads;
    private final TlsSource events;
    private final FetchAccess access;
    private volatile boolean clientsWereUsable;

    ControllerCertificates(ControllerTls tls) {
        ControllerSpiffe spiffe = tls.spiffe();
        identity = spiffe.isUsed() ? WorkloadIdentity.open(spiffe.endpointSocket()) : null;
        Optional<TlsSource> serverFiles =
                tls.isServer() ? Optional.of(ReloadingTls.of(tls.server())) : Optional.empty();
        server = spiffe.artifactClients().<TlsSource>map(this::spiffe).or(() -> serverFiles);
        ReloadingTls files = ReloadingTls.of(tls.client());
        Optional<SpiffeTls> servers = spiffe.artifactServers().map(this::spiffe);
        downloads = servers.<TlsSource>map(own -> own).orElse(files);
        access = servers.map(FetchAccess.open()::withSpiffe).orElseGet(() -> withFiles(tls, files));
        events = spiffe.eventServers().<TlsSource>map(this::spiffe).orElse(files);
    }

    private SpiffeTls spiffe(AuthorizedSpiffeIds ids) {
        return SpiffeTls.of(Objects.requireNonNull(identity), ids);
    }

    private static FetchAccess withFiles(ControllerTls tls, ReloadingTls files) {
        return tls.client().isEmpty()
                ? FetchAccess.open()
                : FetchAccess.open().withTls(files, tls::presentsCertificateTo);
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

    /**
     * Whether the controller can serve and, at least once, could download and send events. A client certificate that
     * expires later fails builds and events, but must not prevent consumers from downloading what is published.
     */
    boolean areUsable() {
        if (downloads.state().usable() && events.state().usable()) {
            clientsWereUsable = true;
        }
        return clientsWereUsable && server.map(tls -> tls.state().usable()).orElse(true);
    }

    @Override
    public void close() {
        if (identity != null) {
            identity.close();
        }
    }
}

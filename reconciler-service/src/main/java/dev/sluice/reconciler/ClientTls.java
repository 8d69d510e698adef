package dev.sluice.reconciler;

import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.artifact.tls.TlsState;
import dev.sluice.runtime.SpiffeEndpoint;
import dev.sluice.runtime.StartFailureException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The certificates for connections to artifact servers and to the event receiver: the SVID, or those in files. */
final class ClientTls implements AutoCloseable {

    private final @Nullable WorkloadIdentity identity;
    private final TlsSource events;
    private final TlsSource artifacts;
    private final FetchAccess access;

    /** @throws StartFailureException if a flag is missing that another one needs */
    ClientTls(ReconcilerSettings settings) {
        TlsFiles files = files(settings);
        ReloadingTls reloading = ReloadingTls.of(files);
        String servers = settings.authorizedArtifactServerSpiffeId();
        String receivers = settings.authorizedEventServerSpiffeId();
        identity =
                servers.isEmpty() && receivers.isEmpty() ? null : SpiffeEndpoint.open(settings.spiffeEndpointSocket());
        events = identity == null || receivers.isEmpty() ? reloading : spiffe(identity, receivers);
        if (identity == null || servers.isEmpty()) {
            artifacts = reloading;
            access = files.isEmpty() ? FetchAccess.open() : FetchAccess.open().withTls(reloading);
        } else {
            SpiffeTls spiffe = spiffe(identity, servers);
            artifacts = spiffe;
            access = FetchAccess.open().withSpiffe(spiffe);
        }
        // logs what is missing before the first connection
        state();
    }

    private static SpiffeTls spiffe(WorkloadIdentity identity, String ids) {
        return SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of(ids.split(",", -1))));
    }

    /** For connections to the event receiver. */
    TlsSource events() {
        return events;
    }

    /** For downloads of sources and of published artifacts. */
    FetchAccess access() {
        return access;
    }

    /** Returns the first problem, or the state of downloads. */
    TlsState state() {
        return Stream.of(artifacts.state(), events.state())
                .filter(state -> !state.usable())
                .findFirst()
                .orElseGet(artifacts::state);
    }

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

    @Override
    public void close() {
        if (identity != null) {
            identity.close();
        }
    }
}

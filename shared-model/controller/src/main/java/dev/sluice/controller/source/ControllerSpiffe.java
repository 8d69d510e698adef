package dev.sluice.controller.source;

import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The SPIFFE IDs of authorized peers, with the flags of Flux controllers. Connections for which IDs are authorized use
 * mutual TLS with the X.509-SVID of the Workload API.
 *
 * @param artifactClients who may download artifacts ({@code --authorized-artifact-client-spiffe-id}, repeatable). The
 *     artifact server then serves over TLS only; the URLs of artifacts stay {@code http}
 * @param artifactServers from whom the controller may download ({@code --authorized-artifact-server-spiffe-id},
 *     repeatable). {@link BuildContext#fetcher()} and {@link BuildContext#access()} then use mutual TLS for all URLs and
 *     redirects, also {@code http} ones
 * @param eventServers the receiver at {@code --events-addr} ({@code --authorized-event-server-spiffe-id}, repeatable)
 * @param endpointSocket address of the Workload API ({@code SPIFFE_ENDPOINT_SOCKET}); empty if not set
 */
public record ControllerSpiffe(
        Optional<AuthorizedSpiffeIds> artifactClients,
        Optional<AuthorizedSpiffeIds> artifactServers,
        Optional<AuthorizedSpiffeIds> eventServers,
        String endpointSocket) {

    static final String ARTIFACT_CLIENTS = "authorized-artifact-client-spiffe-id";
    private static final String ARTIFACT_SERVERS = "authorized-artifact-server-spiffe-id";
    private static final String EVENT_SERVERS = "authorized-event-server-spiffe-id";
    static final Set<String> FLAGS = Set.of(ARTIFACT_CLIENTS, ARTIFACT_SERVERS, EVENT_SERVERS);

    /** @throws IllegalArgumentException if there are authorized IDs, but no valid address of the Workload API */
    public ControllerSpiffe {
        if (artifactClients.isPresent()) {
            requireAddress(endpointSocket, ARTIFACT_CLIENTS);
        }
        if (artifactServers.isPresent()) {
            requireAddress(endpointSocket, ARTIFACT_SERVERS);
        }
        if (eventServers.isPresent()) {
            requireAddress(endpointSocket, EVENT_SERVERS);
        }
    }

    private static void requireAddress(String address, String flag) {
        if (address.isEmpty()) {
            throw new IllegalArgumentException(
                    "--" + flag + " requires the address of the Workload API in " + WorkloadIdentity.ADDRESS_VARIABLE);
        }
        try {
            WorkloadIdentity.requireValid(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(WorkloadIdentity.ADDRESS_VARIABLE + ": " + e.getMessage(), e);
        }
    }

    static ControllerSpiffe of(Flags flags, Map<String, String> environment) {
        return new ControllerSpiffe(
                ids(flags, ARTIFACT_CLIENTS),
                ids(flags, ARTIFACT_SERVERS),
                ids(flags, EVENT_SERVERS),
                environment.getOrDefault(WorkloadIdentity.ADDRESS_VARIABLE, ""));
    }

    private static Optional<AuthorizedSpiffeIds> ids(Flags flags, String name) {
        List<String> values = flags.values(name);
        try {
            return values.isEmpty() ? Optional.empty() : Optional.of(AuthorizedSpiffeIds.parse(values));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid value for --" + name + ": " + e.getMessage(), e);
        }
    }

    boolean isUsed() {
        return Stream.of(artifactClients, artifactServers, eventServers).anyMatch(Optional::isPresent);
    }
}

package dev.sluice.runtime;

import dev.sluice.artifact.spiffe.WorkloadIdentity;

/** Opens the SPIFFE identity of a service. */
public final class SpiffeEndpoint {

    private SpiffeEndpoint() {}

    /**
     * Opens the identity at the address in {@code --spiffe-endpoint-socket}.
     *
     * @throws StartFailureException if the address is missing or not valid
     */
    public static WorkloadIdentity open(String address) {
        if (address.isEmpty()) {
            throw new StartFailureException("authorized SPIFFE IDs need the Workload API: set "
                    + WorkloadIdentity.ADDRESS_VARIABLE + " or --spiffe-endpoint-socket to its address, such as"
                    + " unix:///spiffe-workload-api/spire-agent.sock");
        }
        try {
            return WorkloadIdentity.open(address);
        } catch (IllegalArgumentException e) {
            throw new StartFailureException("--spiffe-endpoint-socket: " + e.getMessage(), e);
        }
    }
}

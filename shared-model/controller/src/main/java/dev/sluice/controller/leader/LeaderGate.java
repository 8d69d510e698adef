package dev.sluice.controller.leader;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Whether this process may write: always, or while it leads once there is an election. Made before the election is,
 * since the clients and the storage that ask it are parts of the work that the election starts. Thread-safe.
 */
public final class LeaderGate implements BooleanSupplier {

    private volatile BooleanSupplier leads = () -> true;

    /**
     * From now on the election decides.
     *
     * @param election {@link LeaderElection#isLeader}
     */
    public void follow(BooleanSupplier election) {
        leads = election;
    }

    /**
     * Keeps a process that was paused past its lease from changing what another looks after by now; fits
     * {@link dev.sluice.artifact.storage.WriteFence}.
     *
     * @throws IOException unless this process may write
     */
    public void requireLead() throws IOException {
        if (!leads.getAsBoolean()) {
            throw new IOException("refused to change the volume: this process does not lead any more");
        }
    }

    @Override
    public boolean getAsBoolean() {
        return leads.getAsBoolean();
    }
}

package dev.sluice.controller.leader;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Whether this process may write: always without leader election, otherwise while it leads. It exists before the
 * election does, because the clients and the storage that use it are part of the work that the election starts.
 * Thread-safe.
 */
public final class LeaderGate implements BooleanSupplier {

    private volatile BooleanSupplier leads = () -> true;

    /**
     * Lets the election decide from now on.
     *
     * @param election {@link LeaderElection#isLeader}
     */
    public void follow(BooleanSupplier election) {
        leads = election;
    }

    /**
     * Fails unless this process may write. Prevents a process that was paused past its lease from changing files that
     * another leader manages; suitable as a {@link dev.sluice.artifact.storage.WriteFence}.
     *
     * @throws IOException if this process may not write
     */
    public void requireLead() throws IOException {
        if (!leads.getAsBoolean()) {
            throw new IOException("cannot change the volume: this process is no longer the leader");
        }
    }

    @Override
    public boolean getAsBoolean() {
        return leads.getAsBoolean();
    }
}

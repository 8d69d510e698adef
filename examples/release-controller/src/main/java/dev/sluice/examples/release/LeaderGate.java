package dev.sluice.examples.release;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Whether this process may write: always, or while it leads once there is an election. Thread-safe. */
final class LeaderGate implements BooleanSupplier {

    private volatile BooleanSupplier leads = () -> true;

    void follow(BooleanSupplier election) {
        leads = election;
    }

    /** @throws IOException unless this process may write */
    void requireLead() throws IOException {
        if (!leads.getAsBoolean()) {
            throw new IOException("refused to change the volume: this process does not lead any more");
        }
    }

    @Override
    public boolean getAsBoolean() {
        return leads.getAsBoolean();
    }
}

package dev.sluice.examples.release;

import java.util.function.BooleanSupplier;

/** Whether this process may write: always, or while it leads once there is an election. Thread-safe. */
final class LeaderGate implements BooleanSupplier {

    private volatile BooleanSupplier leads = () -> true;

    void follow(BooleanSupplier election) {
        leads = election;
    }

    @Override
    public boolean getAsBoolean() {
        return leads.getAsBoolean();
    }
}

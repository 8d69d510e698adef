package dev.sluice.hostile.harness;

/** An attack by a tenant. */
@FunctionalInterface
public interface Attack {

    /** Returns when the tenant's objects are applied; loops that it registered continue in the background. */
    void start(Tenant tenant) throws Exception;

    /** Whether the attack's objects must exist before the reconciler starts. */
    default boolean isBeforeStart() {
        return false;
    }

    /** An attack whose objects must exist before the reconciler starts. */
    static Attack beforeStart(Attack attack) {
        return new Attack() {
            @Override
            public void start(Tenant tenant) throws Exception {
                attack.start(tenant);
            }

            @Override
            public boolean isBeforeStart() {
                return true;
            }
        };
    }
}

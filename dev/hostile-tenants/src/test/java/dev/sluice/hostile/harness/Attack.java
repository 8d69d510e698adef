package dev.sluice.hostile.harness;

/** An attack by a tenant. */
@FunctionalInterface
public interface Attack {

    /** Returns when the tenant's objects are applied; loops that it registered continue in the background. */
    void start(Tenant tenant) throws Exception;
}

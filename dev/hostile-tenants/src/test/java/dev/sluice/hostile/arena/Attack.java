package dev.sluice.hostile.arena;

/** What a tenant does; it returns when its objects are applied, and may go on in loops. */
@FunctionalInterface
public interface Attack {

    void begin(Tenant tenant) throws Exception;
}

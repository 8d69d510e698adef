package dev.sluice.reconciler.budget;

/**
 * A pool at one moment.
 *
 * @param usedBytes taken, what is cached but not in use included
 * @param limitBytes of the pool
 * @param waiting generators in the line
 */
public record PoolStats(long usedBytes, long limitBytes, int waiting) {}

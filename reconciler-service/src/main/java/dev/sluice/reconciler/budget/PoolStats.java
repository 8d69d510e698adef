package dev.sluice.reconciler.budget;

/**
 * Statistics of a pool.
 *
 * @param usedBytes taken bytes, idle cached shares included
 * @param limitBytes size of the pool
 * @param waiting number of generators in the waiting line
 */
public record PoolStats(long usedBytes, long limitBytes, int waiting) {}

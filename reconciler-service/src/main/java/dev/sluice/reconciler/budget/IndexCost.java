package dev.sluice.reconciler.budget;

/** Estimates the heap used by the index of an archive. */
public final class IndexCost {

    /** Bytes of an entry with a path of {@link #USUAL_PATH} characters; measured with a heap histogram, rounded up. */
    public static final long PER_ENTRY = 400;

    private static final int USUAL_PATH = 64;
    private static final int BYTES_PER_CHARACTER = 2;

    private IndexCost() {}

    /**
     * Returns the heap in bytes for a number of entries.
     *
     * @param pathLength total number of characters of all paths
     */
    public static long of(long entries, long pathLength) {
        return PER_ENTRY * entries + BYTES_PER_CHARACTER * Math.max(0, pathLength - USUAL_PATH * entries);
    }

    /** The maximum for one more entry, including one parent directory for each slash in its name. */
    public static long ofNext(String name) {
        long cost = of(1, name.length());
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            cost += of(1, slash);
        }
        return cost;
    }
}

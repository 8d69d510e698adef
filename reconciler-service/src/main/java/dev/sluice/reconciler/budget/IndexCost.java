package dev.sluice.reconciler.budget;

/** Heap that the index of an archive costs. */
public final class IndexCost {

    /** Of an entry with a path of {@link #USUAL_PATH} characters; measured with a heap histogram, rounded up. */
    public static final long PER_ENTRY = 400;

    private static final int USUAL_PATH = 64;
    private static final int BYTES_PER_CHARACTER = 2;

    private IndexCost() {}

    /**
     * What so many entries cost.
     *
     * @param pathLength characters of all paths, added up
     */
    public static long of(long entries, long pathLength) {
        return PER_ENTRY * entries + BYTES_PER_CHARACTER * Math.max(0, pathLength - USUAL_PATH * entries);
    }

    /** The most that one more entry can cost, with parents that may be as many as its name has slashes. */
    public static long ofNext(String name) {
        long cost = of(1, name.length());
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            cost += of(1, slash);
        }
        return cost;
    }
}

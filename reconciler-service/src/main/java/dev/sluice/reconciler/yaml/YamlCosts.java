package dev.sluice.reconciler.yaml;

/** What a document and its values take on the heap, in bytes, on a 64-bit JVM, rounded up. */
final class YamlCosts {

    /** A node without its text: its mark, its place in the node above it, and in the set of those that were read. */
    static final long NODE = 128;

    static final long ANCHOR = 128;
    static final long LIST = 96;

    /** A place in a list that grows by halves, and a number or a text that the node has already. */
    static final long ITEM = 48;

    /** A map without entries, as its first table is made. */
    static final long MAP = 192;

    /** An entry in a map, in the merged map, and in the one that is sorted for writing. */
    static final long ENTRY = 176;

    private static final long TEXT = 56;
    private static final int BYTES_PER_CHARACTER = 2;

    private YamlCosts() {}

    static long text(String text) {
        return TEXT + (long) BYTES_PER_CHARACTER * text.length();
    }
}

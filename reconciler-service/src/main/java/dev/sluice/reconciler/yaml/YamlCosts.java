package dev.sluice.reconciler.yaml;

/** Heap used by a document and its values: bytes on a 64-bit JVM, rounded up. */
final class YamlCosts {

    /** A node without its text: its mark, its entry in the parent node and in the set of visited nodes. */
    static final long NODE = 128;

    static final long ANCHOR = 128;
    static final long LIST = 96;

    /** An element of a list that grows by half its size; the value itself is counted with its node. */
    static final long ITEM = 48;

    /** A map without entries, with its initial table. */
    static final long MAP = 192;

    /** An entry in a map, in the merged map, and in the map that is sorted for writing. */
    static final long ENTRY = 176;

    private static final long TEXT = 56;
    private static final int BYTES_PER_CHARACTER = 2;

    private YamlCosts() {}

    static long text(String text) {
        return TEXT + (long) BYTES_PER_CHARACTER * text.length();
    }
}

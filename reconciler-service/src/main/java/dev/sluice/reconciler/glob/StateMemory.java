package dev.sluice.reconciler.glob;

/** Memory limit for the states of all patterns of one copy operation. */
public final class StateMemory {

    private static final int MAX_BYTES = 4 << 20;

    /** A state with its ASCII transitions and its key in the cache. */
    private static final int STATE_BYTES = 1536;

    private static final int NODE_BYTES = 8;

    private int bytes;

    /** Takes memory for a state with this number of nodes; returns false if none is left. */
    boolean take(int nodes) {
        int more = STATE_BYTES + NODE_BYTES * nodes;
        if (bytes + more > MAX_BYTES) {
            return false;
        }
        bytes += more;
        return true;
    }
}

package dev.sluice.reconciler.glob;

/** Memory for the states of all patterns of one copy operation together. */
public final class StateMemory {

    private static final int MAX_BYTES = 4 << 20;

    /** The state, where each ASCII character leads from it, and the set that finds it again. */
    private static final int STATE_BYTES = 1536;

    private static final int PLACE_BYTES = 8;

    private int bytes;

    /** Takes memory for a state of so many places; false when there is none left. */
    boolean take(int places) {
        int more = STATE_BYTES + PLACE_BYTES * places;
        if (bytes + more > MAX_BYTES) {
            return false;
        }
        bytes += more;
        return true;
    }
}

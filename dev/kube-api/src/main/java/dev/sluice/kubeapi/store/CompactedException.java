package dev.sluice.kubeapi.store;

/** The history asked for is no longer kept. */
public final class CompactedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long asked;
    private final long oldest;

    CompactedException(long asked, long oldest) {
        super("read history after revision " + asked + ": only " + oldest + " and later is kept", null, false, false);
        this.asked = asked;
        this.oldest = oldest;
    }

    public long asked() {
        return asked;
    }

    /** The oldest revision from which the history is complete. */
    public long oldest() {
        return oldest;
    }
}

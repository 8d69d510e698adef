package dev.sluice.kubeapi.store;

/** The requested history was compacted. */
public final class CompactedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long requested;
    private final long oldest;

    CompactedException(long requested, long oldest) {
        super(
                "cannot read history after revision " + requested + ": oldest available revision is " + oldest,
                null,
                false,
                false);
        this.requested = requested;
        this.oldest = oldest;
    }

    public long requested() {
        return requested;
    }

    /** The oldest revision with complete history. */
    public long oldest() {
        return oldest;
    }
}

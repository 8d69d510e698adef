package dev.sluice.kubeapi.store;

/** The requested history was compacted. */
public final class CompactedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long asked;
    private final long oldest;

    CompactedException(long asked, long oldest) {
        super(
                "cannot read history after revision " + asked + ": oldest available revision is " + oldest,
                null,
                false,
                false);
        this.asked = asked;
        this.oldest = oldest;
    }

    public long asked() {
        return asked;
    }

    /** The oldest revision with complete history. */
    public long oldest() {
        return oldest;
    }
}

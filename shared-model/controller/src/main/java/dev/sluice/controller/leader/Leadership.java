package dev.sluice.controller.leader;

import java.time.Duration;

/** The work that only a leader does. All methods are called on the election's one thread. */
public interface Leadership {

    /**
     * This process leads now. Start the work and return at once: while this runs, the lease is not renewed. If it throws,
     * {@link #end} is called, the lease is released for whoever can do the work, and this process tries again later.
     */
    void begin();

    /**
     * This process leads no longer than for {@code limit}: end the work by then.
     *
     * @return whether nothing of it runs any more; if not, the lease is not released but left to expire
     */
    boolean end(Duration limit);

    /**
     * The lease was lost, not released, and {@link #end} has returned. Flux controllers end the process here; if this
     * does nothing, the election tries to acquire the lease again.
     */
    default void lost() {}
}

package dev.sluice.controller.leader;

import java.time.Duration;

/** The work that only the leader does. All methods are called on the election's thread. */
public interface Leadership {

    /**
     * Starts the work, because this process has become the leader. Must return at once: the lease is not renewed
     * meanwhile. If it throws, the election calls {@link #end}, releases the lease and tries again later.
     */
    void begin();

    /**
     * Ends the work, because this process leads no longer than {@code limit}.
     *
     * @return whether the work has ended completely; if not, the lease is not released but left to expire
     */
    boolean end(Duration limit);

    /**
     * Called after {@link #end} if the lease was lost instead of released. Flux controllers exit here; by default the
     * election tries to acquire the lease again.
     */
    default void lost() {}
}

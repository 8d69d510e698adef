package dev.sluice.kubetest.junit;

/**
 * Faults of a whole API server. For faults of single connections put a {@link dev.sluice.kubetest.proxy.FaultyProxy} in
 * front of it. Whoever makes a fault ends it in the same test: the server is shared.
 */
public interface ApiFaults {

    /** Connections stay open, new ones are taken, and nobody answers. */
    void pause() throws Exception;

    /** Ends a pause. */
    void resume() throws Exception;

    /** Ends the server as a crash does: connections break, new ones are refused. What was stored stays. */
    void kill() throws Exception;

    /** Starts it again on the same address after {@link #kill}, and waits until it is ready. */
    void startAgain() throws Exception;

    /**
     * Forgets history: a list that wants to go on from, or to be exactly at, a resource version before
     * {@code resourceVersion} is answered with 410; a real server may take half a minute to notice.
     */
    void compact(long resourceVersion) throws Exception;
}

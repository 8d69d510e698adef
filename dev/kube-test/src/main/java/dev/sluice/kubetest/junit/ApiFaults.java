package dev.sluice.kubetest.junit;

/**
 * Faults of a whole API server. For faults of single connections, use a {@link dev.sluice.kubetest.proxy.FaultyProxy}
 * in front of it. The server is shared, so a test must end every fault that it causes.
 */
public interface ApiFaults {

    /** Stops responding: connections stay open and new ones are accepted, but no request is answered. */
    void pause() throws Exception;

    /** Ends a pause. */
    void resume() throws Exception;

    /** Kills the server: connections break and new ones are refused. Stored objects are kept. */
    void kill() throws Exception;

    /** Starts the server on the same address after {@link #kill} and waits until it is ready. */
    void startAgain() throws Exception;

    /**
     * Discards the history before {@code resourceVersion}. Lists that continue from, or request exactly, an older
     * resource version get a 410; a real server can take half a minute until it does.
     */
    void compact(long resourceVersion) throws Exception;
}

package dev.sluice.kubeapi.fault;

/** The listening socket: what a restart takes down and up. */
public interface Listener {

    /** Refuses new connections and breaks those that there are. */
    void stop();

    /** Listens again on the same port. */
    void start();
}

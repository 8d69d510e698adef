package dev.sluice.kubeapi.fault;

/** The listening socket. */
public interface Listener {

    Listener NONE = new Listener() {
        @Override
        public void stop() {}

        @Override
        public void start() {}
    };

    /** Breaks open connections and refuses new ones. */
    void stop();

    /** Listens again on the same port. */
    void start();
}

package dev.sluice.controller.queue;

/** Brings the world closer to what the object of a key asks for. */
@FunctionalInterface
public interface Reconciler<K> {

    /**
     * One run. Never called twice at the same time for equal keys. The thread is interrupted when the run takes too
     * long or the controller stops; the run should then end soon.
     *
     * @throws Exception any failure: the run is repeated with back-off
     */
    Result reconcile(K key) throws Exception;
}

package dev.sluice.controller.queue;

import java.util.Map;

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

    /**
     * What every log line of a run about this key carries, in SLF4J's diagnostic context; the run's own id
     * ({@code reconcileID}, a UUID) comes in addition. Nothing by default. Called before each run.
     */
    default Map<String, String> logFields(K key) {
        return Map.of();
    }
}

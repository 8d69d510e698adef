package dev.sluice.controller.queue;

import java.util.Map;

/** Reconciles the object of a key: moves the actual state towards the desired state. */
@FunctionalInterface
public interface Reconciler<K> {

    /**
     * Runs one reconciliation. Never called concurrently for equal keys. The thread is interrupted if the run exceeds
     * its time limit, is preempted, or the controller stops; the run should then end soon.
     *
     * @throws Exception on any failure; the run is retried with back-off
     */
    Result reconcile(K key) throws Exception;

    /**
     * Returns fields for every log line of a run, put into the MDC next to the run's ID ({@code reconcileID}, a UUID).
     * Empty by default. Called before each run.
     */
    default Map<String, String> logFields(K key) {
        return Map.of();
    }
}

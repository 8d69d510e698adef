package dev.sluice.kubetest.junit;

/** The kind of Kubernetes API that a test runs on. */
public enum TestedApi {
    /** The in-memory API of dev/kube-api. */
    IN_MEMORY,
    /** A real kube-apiserver. */
    REAL
}

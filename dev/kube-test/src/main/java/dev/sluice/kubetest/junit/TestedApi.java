package dev.sluice.kubetest.junit;

/** Which Kubernetes API a test talks to. */
public enum TestedApi {
    /** dev/kube-api, in this JVM. */
    IN_MEMORY,
    /** A kube-apiserver. */
    REAL
}

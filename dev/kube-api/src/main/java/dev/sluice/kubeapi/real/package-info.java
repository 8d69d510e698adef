/** A real kube-apiserver with its etcd, started beside the JVM for tests, and a proxy that breaks connections to it. */
@NullMarked
package dev.sluice.kubeapi.real;

import org.jspecify.annotations.NullMarked;

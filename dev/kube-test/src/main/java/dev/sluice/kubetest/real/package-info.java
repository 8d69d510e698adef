/** A real kube-apiserver with its etcd, started beside the JVM for tests. */
@NullMarked
package dev.sluice.kubetest.real;

import org.jspecify.annotations.NullMarked;

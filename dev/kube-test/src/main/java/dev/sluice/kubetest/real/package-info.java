/** Starts a real kube-apiserver and etcd for tests. */
@NullMarked
package dev.sluice.kubetest.real;

import org.jspecify.annotations.NullMarked;

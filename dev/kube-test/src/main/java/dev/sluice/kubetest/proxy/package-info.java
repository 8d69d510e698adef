/** A TCP proxy that injects faults into connections. */
@NullMarked
package dev.sluice.kubetest.proxy;

import org.jspecify.annotations.NullMarked;

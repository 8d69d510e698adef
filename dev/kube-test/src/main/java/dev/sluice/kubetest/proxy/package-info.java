/** A TCP proxy that cuts, holds and delays connections. */
@NullMarked
package dev.sluice.kubetest.proxy;

import org.jspecify.annotations.NullMarked;

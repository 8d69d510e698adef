/** An API server without a network. */
@NullMarked
package dev.sluice.kubetest.fake;

import org.jspecify.annotations.NullMarked;

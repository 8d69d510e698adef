/** Fault injection and a request log. */
@NullMarked
package dev.sluice.kubeapi.fault;

import org.jspecify.annotations.NullMarked;

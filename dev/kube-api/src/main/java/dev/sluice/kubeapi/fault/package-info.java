/** Stress switches: faults on demand, and a log of what was asked. */
@NullMarked
package dev.sluice.kubeapi.fault;

import org.jspecify.annotations.NullMarked;

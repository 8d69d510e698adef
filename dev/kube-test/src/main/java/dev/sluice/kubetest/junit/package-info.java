/** JUnit extension that runs a test class once on every Kubernetes API at hand: the in-memory one, and a real one. */
@NullMarked
package dev.sluice.kubetest.junit;

import org.jspecify.annotations.NullMarked;

/** JUnit extension that runs a test class on every available Kubernetes API: the in-memory one and a real one. */
@NullMarked
package dev.sluice.kubetest.junit;

import org.jspecify.annotations.NullMarked;

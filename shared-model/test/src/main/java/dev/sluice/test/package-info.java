/**
 * Tests of controllers: custom resource definitions and fake sources. {@code dev.sluice.kubetest} has the Kubernetes APIs
 * that tests run on.
 */
@NullMarked
package dev.sluice.test;

import org.jspecify.annotations.NullMarked;

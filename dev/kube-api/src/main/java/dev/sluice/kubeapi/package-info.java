/** An in-memory Kubernetes API. */
@NullMarked
package dev.sluice.kubeapi;

import org.jspecify.annotations.NullMarked;

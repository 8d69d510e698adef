/** Metadata, names and keys of Kubernetes objects. */
@NullMarked
package dev.sluice.kubeapi.object;

import org.jspecify.annotations.NullMarked;

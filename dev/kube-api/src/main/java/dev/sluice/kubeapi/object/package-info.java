/** What is common to all Kubernetes objects: metadata, names, keys. */
@NullMarked
package dev.sluice.kubeapi.object;

import org.jspecify.annotations.NullMarked;

/** Serves the resources that CustomResourceDefinitions define. */
@NullMarked
package dev.sluice.kubeapi.crd;

import org.jspecify.annotations.NullMarked;

/** Comparison, ordering and formatting of JSON values like in a Kubernetes API. */
@NullMarked
package dev.sluice.kubeapi.json;

import org.jspecify.annotations.NullMarked;

/** Failures as Status objects, with Kubernetes' reasons and wording. */
@NullMarked
package dev.sluice.kubeapi.status;

import org.jspecify.annotations.NullMarked;

/** Failures as the API reports them: Status objects with Kubernetes' reasons and wording. */
@NullMarked
package dev.sluice.kubeapi.status;

import org.jspecify.annotations.NullMarked;

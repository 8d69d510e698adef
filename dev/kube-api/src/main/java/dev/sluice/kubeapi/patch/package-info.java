/** The ways in which a Kubernetes API changes an object: patches, server-side apply and who owns which field. */
@NullMarked
package dev.sluice.kubeapi.patch;

import org.jspecify.annotations.NullMarked;

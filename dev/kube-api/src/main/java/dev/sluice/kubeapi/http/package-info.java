/** HTTP as Kubernetes uses it: media types, bodies, answers. */
@NullMarked
package dev.sluice.kubeapi.http;

import org.jspecify.annotations.NullMarked;

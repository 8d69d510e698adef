/** HTTP conventions of Kubernetes: media types, request bodies and responses. */
@NullMarked
package dev.sluice.kubeapi.http;

import org.jspecify.annotations.NullMarked;

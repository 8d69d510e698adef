/**
 * Mutual TLS with SPIFFE IDs: certificates from the Workload API, and the IDs of authorized peers. Needs {@code
 * com.squareup.okhttp3:okhttp-jvm}, which comes with the Kubernetes client.
 */
@NullMarked
package dev.sluice.artifact.spiffe;

import org.jspecify.annotations.NullMarked;

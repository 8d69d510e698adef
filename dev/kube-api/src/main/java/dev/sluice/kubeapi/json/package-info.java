/** Values of JSON as a Kubernetes API compares, orders and prints them. */
@NullMarked
package dev.sluice.kubeapi.json;

import org.jspecify.annotations.NullMarked;

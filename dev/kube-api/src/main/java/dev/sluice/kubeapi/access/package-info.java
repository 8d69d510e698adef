/** Access reviews. */
@NullMarked
package dev.sluice.kubeapi.access;

import org.jspecify.annotations.NullMarked;

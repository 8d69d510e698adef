/** Validation rules of custom resources in the Common Expression Language. */
@NullMarked
package dev.sluice.kubeapi.cel;

import org.jspecify.annotations.NullMarked;

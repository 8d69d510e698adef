/** CEL validation rules of custom resources. */
@NullMarked
package dev.sluice.kubeapi.cel;

import org.jspecify.annotations.NullMarked;

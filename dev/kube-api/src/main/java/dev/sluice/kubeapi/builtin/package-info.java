/** The supported built-in kinds. */
@NullMarked
package dev.sluice.kubeapi.builtin;

import org.jspecify.annotations.NullMarked;

/** The kinds that every cluster serves, as far as this API serves them. */
@NullMarked
package dev.sluice.kubeapi.builtin;

import org.jspecify.annotations.NullMarked;

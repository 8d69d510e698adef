/** Patch formats, server-side apply and field ownership. */
@NullMarked
package dev.sluice.kubeapi.patch;

import org.jspecify.annotations.NullMarked;

/** Watches: streams of changes without a thread each. */
@NullMarked
package dev.sluice.kubeapi.watch;

import org.jspecify.annotations.NullMarked;

/** Watches: streams of changes that need no thread each. */
@NullMarked
package dev.sluice.kubeapi.watch;

import org.jspecify.annotations.NullMarked;

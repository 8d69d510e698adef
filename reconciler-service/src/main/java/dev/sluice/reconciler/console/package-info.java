/** The read-only web console. Nothing here is loaded unless the flag {@code --console-addr} is set. */
@NullMarked
package dev.sluice.reconciler.console;

import org.jspecify.annotations.NullMarked;

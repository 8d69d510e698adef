/** Returns unused heap to the system. */
@NullMarked
package dev.sluice.runtime.memory;

import org.jspecify.annotations.NullMarked;

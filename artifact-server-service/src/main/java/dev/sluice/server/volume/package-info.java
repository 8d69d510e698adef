/** Whether the volume is the right one and can be read, and what it holds. */
@NullMarked
package dev.sluice.server.volume;

import org.jspecify.annotations.NullMarked;

/** Server-side apply: bodies that hold only what was set, for objects and for their status. */
@NullMarked
package dev.sluice.controller.apply;

import org.jspecify.annotations.NullMarked;

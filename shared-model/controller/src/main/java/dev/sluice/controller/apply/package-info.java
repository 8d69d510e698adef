/** Server-side apply of objects and statuses, with bodies that contain only the fields that were set. */
@NullMarked
package dev.sluice.controller.apply;

import org.jspecify.annotations.NullMarked;

/** What a reconciler does with its own objects: status, finalizer, references to them. */
@NullMarked
package dev.sluice.controller.object;

import org.jspecify.annotations.NullMarked;

/**
 * A work queue and the loop that works it off: one worker per key at a time, back-off per key, nothing dropped. Start
 * with {@link dev.sluice.controller.queue.Controller}.
 */
@NullMarked
package dev.sluice.controller.queue;

import org.jspecify.annotations.NullMarked;

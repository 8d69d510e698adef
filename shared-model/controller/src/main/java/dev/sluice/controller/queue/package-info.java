/**
 * The work queue and the worker loop of a controller: one worker per key at a time, back-off per key, no lost keys.
 * Start with {@link dev.sluice.controller.queue.Controller}.
 */
@NullMarked
package dev.sluice.controller.queue;

import org.jspecify.annotations.NullMarked;

/**
 * Events about objects: core/v1 Events, as {@code kubectl describe} and {@code flux events} show them, and other sinks.
 * Start with {@link dev.sluice.controller.event.EventRecorder}.
 */
@NullMarked
package dev.sluice.controller.event;

import org.jspecify.annotations.NullMarked;

/**
 * Events about objects: core/v1 Events in the cluster, as {@code kubectl describe} and {@code flux events} read them,
 * and any further sink. Start with {@link dev.sluice.controller.event.EventRecorder}.
 */
@NullMarked
package dev.sluice.controller.event;

import org.jspecify.annotations.NullMarked;

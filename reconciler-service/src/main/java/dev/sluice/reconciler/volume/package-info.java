/**
 * Maintenance of the volume while this process leads; start at {@link dev.sluice.reconciler.volume.VolumeMaintenance}.
 */
@NullMarked
package dev.sluice.reconciler.volume;

import org.jspecify.annotations.NullMarked;

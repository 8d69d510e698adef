package dev.sluice.server.volume;

/**
 * The result of the last check of the volume.
 *
 * @param ready whether artifacts can be served from it
 * @param replaced whether the volume differs from the one that this process saw first
 * @param detail explanation for logs and health responses
 */
public record VolumeStatus(boolean ready, boolean replaced, String detail) {

    static VolumeStatus usable(String detail) {
        return new VolumeStatus(true, false, detail);
    }

    static VolumeStatus unusable(String detail) {
        return new VolumeStatus(false, false, detail);
    }

    static VolumeStatus other(String detail) {
        return new VolumeStatus(false, true, detail);
    }
}

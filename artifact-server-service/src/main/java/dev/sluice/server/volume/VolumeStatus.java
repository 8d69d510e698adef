package dev.sluice.server.volume;

/**
 * What the last look at the volume told.
 *
 * @param ready whether artifacts can be served from it
 * @param replaced whether it is another volume than the one that this process saw first
 * @param detail one sentence for people
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

package dev.sluice.reconciler.volume;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.storage.VerifiedFiles;
import dev.sluice.artifact.storage.WriteFence;
import dev.sluice.reconciler.cluster.KeyLocks;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A volume, a configurable cluster, and a clock that the test controls. */
final class VolumeFixture extends Clock {

    static final String HOST = "artifacts.test";
    static final Duration GRACE = Duration.ofHours(1);

    final FakePublished published = new FakePublished();
    final List<ObjectKey> requeued = new ArrayList<>();
    final Path base;
    final ArtifactStorage storage;
    private final VerifiedFiles files;
    WriteFence fence = WriteFence.OPEN;
    private Instant now = Instant.now();

    VolumeFixture(Path base) {
        this.base = base;
        this.storage = storageAt(HOST);
        this.files = new VerifiedFiles(storage, this);
    }

    private ArtifactStorage storageAt(String address) {
        return new ArtifactStorage(StorageOptions.of(base, address), this, () -> fence.check());
    }

    VolumeMaintenance maintenance() {
        return maintenanceAt(HOST);
    }

    VolumeMaintenance maintenance(ReadThrottle pace) {
        return maintenanceAt(HOST, pace);
    }

    /** A maintenance with the system clock and a short tick interval. */
    VolumeMaintenance maintenanceTicking(Duration tick) {
        VolumeOptions usual = VolumeOptions.DEFAULT;
        return new VolumeMaintenance(
                volumeAt(HOST),
                new VolumeOptions(usual.verifyEvery(), usual.sweepEvery(), usual.orphanGrace(), tick),
                Clock.systemUTC(),
                took -> {});
    }

    /** A maintenance whose process advertises another address. */
    VolumeMaintenance maintenanceAt(String address) {
        return maintenanceAt(address, took -> {});
    }

    private VolumeMaintenance maintenanceAt(String address, ReadThrottle pace) {
        return new VolumeMaintenance(volumeAt(address), VolumeOptions.DEFAULT, this, pace);
    }

    private VolumeMaintenance.Volume volumeAt(String address) {
        return new VolumeMaintenance.Volume(
                base, () -> fence.check(), storageAt(address), files, published, new KeyLocks(), requeued::add);
    }

    /** Stores an artifact and publishes it by a generator of this shard. */
    Artifact publish(ObjectKey key) throws IOException {
        Artifact stored = store(key);
        published.own(key, stored);
        return stored;
    }

    Artifact store(ObjectKey key) throws IOException {
        byte[] content = ("content of " + key).getBytes(StandardCharsets.UTF_8);
        Artifact stored = storage.copy(
                storage.newArtifact("ExternalArtifact", key.namespace(), key.name(), "latest@sha256:1", "1.tar.gz"),
                new ByteArrayInputStream(content));
        touch(stored);
        return stored;
    }

    /** Sets the modification time to now. */
    void touch(Artifact artifact) throws IOException {
        Files.setLastModifiedTime(file(artifact), FileTime.from(now));
    }

    static Artifact at(String host, Artifact artifact) {
        return artifact.withUrl("http://" + host + "/" + artifact.path());
    }

    Path file(Artifact artifact) throws IOException {
        return storage.localPath(artifact);
    }

    void damage(Artifact artifact) throws IOException {
        Files.writeString(file(artifact), "damaged");
    }

    boolean holds(Artifact artifact) throws IOException {
        return Files.exists(file(artifact));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

package dev.sluice.reconciler.cluster;

import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The caches of generators and ExternalArtifacts, and objects that only the API server has. */
public final class FakeCluster implements GeneratorReader, ExternalArtifactReader {

    private final Map<ObjectKey, ArtifactGenerator> generators = new LinkedHashMap<>();
    private final Map<ObjectKey, ExternalArtifact> artifacts = new LinkedHashMap<>();
    private final List<String> aliveElsewhere = new ArrayList<>();
    private final Set<ObjectKey> setAside = new HashSet<>();
    private boolean unreachable;
    private boolean unlisted;
    private int liveReads;

    public FakeCluster with(ArtifactGenerator... added) {
        for (ArtifactGenerator generator : added) {
            generators.put(generator.key(), generator);
        }
        return this;
    }

    public FakeCluster with(ExternalArtifact... added) {
        for (ExternalArtifact artifact : added) {
            artifacts.put(artifact.key(), artifact);
        }
        return this;
    }

    public void remove(ObjectKey externalArtifact) {
        artifacts.remove(externalArtifact);
    }

    /** A generator of another shard: in the cluster, but not in the cache. */
    public FakeCluster withGeneratorElsewhere(String uid) {
        aliveElsewhere.add(uid);
        return this;
    }

    /** The cache of ExternalArtifacts is not synced. */
    public void forgetList() {
        unlisted = true;
    }

    /** An ExternalArtifact exists that cannot be read. */
    public void setAside(ObjectKey externalArtifact) {
        setAside.add(externalArtifact);
    }

    /** Returns the number of ExternalArtifacts read from the API server. */
    public int liveReads() {
        return liveReads;
    }

    public void breakDown() {
        unreachable = true;
    }

    @Override
    public Optional<ArtifactGenerator> get(ObjectKey key) {
        return Optional.ofNullable(generators.get(key));
    }

    @Override
    public Optional<ArtifactGenerator> read(ObjectKey key) throws IOException {
        requireReachable();
        return get(key);
    }

    @Override
    public Optional<ArtifactGenerator> withUid(String uid) {
        return generators.values().stream()
                .filter(generator -> uid.equals(generator.metadata().getUid()))
                .findFirst();
    }

    @Override
    public List<ArtifactGenerator> naming(ObjectKey externalArtifact) {
        return generators.values().stream()
                .filter(generator -> !PathPattern.isIn(generator.spec()))
                .filter(generator -> generator.key().namespace().equals(externalArtifact.namespace()))
                .filter(generator -> generator.spec().artifacts().stream()
                        .anyMatch(artifact -> generator.artifactKey(artifact).equals(externalArtifact)))
                .toList();
    }

    @Override
    public List<ObjectKey> using(SourceKey source) {
        return generators.values().stream()
                .filter(generator -> generator.spec().sources().stream()
                        .anyMatch(
                                reference -> SourceKey.of(generator, reference).equals(source)))
                .map(ArtifactGenerator::key)
                .toList();
    }

    @Override
    public boolean isAlive(String uid, ObjectKey key) throws IOException {
        requireReachable();
        return withUid(uid).isPresent() || aliveElsewhere.contains(uid);
    }

    @Override
    public Optional<ExternalArtifact> cached(ObjectKey key) {
        return Optional.ofNullable(artifacts.get(key));
    }

    @Override
    public boolean isSetAside(ObjectKey key) {
        return setAside.contains(key);
    }

    @Override
    public Optional<ExternalArtifact> live(ObjectKey key) throws IOException {
        requireReachable();
        liveReads++;
        return cached(key);
    }

    @Override
    public List<ExternalArtifact> generatedBy(String generatorUid) throws IOException {
        if (unlisted) {
            throw new IOException("the cache is not synced");
        }
        return artifacts.values().stream()
                .filter(artifact -> Ownership.generatorUid(artifact)
                        .filter(generatorUid::equals)
                        .isPresent())
                .toList();
    }

    private void requireReachable() throws IOException {
        if (unreachable) {
            throw new IOException("the API server is unreachable");
        }
    }
}

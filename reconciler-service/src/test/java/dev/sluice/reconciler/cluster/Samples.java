package dev.sluice.reconciler.cluster;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.ArtifactGeneratorStatus;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Minimal generators and ExternalArtifacts in namespace "apps". */
public final class Samples {

    public static final String NAMESPACE = "apps";

    private Samples() {}

    public static ObjectKey key(String name) {
        return new ObjectKey(NAMESPACE, name);
    }

    public static SourceReference git(String alias) {
        return new SourceReference(alias, "GitRepository", alias, null);
    }

    public static SourceReference generated(String alias, String artifact) {
        return new SourceReference(alias, "ExternalArtifact", artifact, null);
    }

    public static OutputArtifact output(String name) {
        return new OutputArtifact(name, null, null, List.of(copy()));
    }

    /** An artifact for another namespace. */
    public static OutputArtifact output(String namespace, String name) {
        return new OutputArtifact(name, namespace, null, null, null, List.of(copy()));
    }

    /** A generator with one artifact for another namespace. */
    public static ArtifactGenerator crossing(String generator, String namespace, String output) {
        return generator(
                generator,
                new ArtifactGeneratorSpec(List.of(git("app")), List.of(output(namespace, output)), null, null));
    }

    public static ArtifactInventoryEntry entry(String namespace, String name) {
        return new ArtifactInventoryEntry(name, namespace, digest('a'), "1.tar.gz");
    }

    public static CopyOperation copy() {
        return new CopyOperation("@app/**", "@artifact/", List.of(), null, null);
    }

    public static ArtifactGeneratorSpec spec(List<SourceReference> sources, String... outputs) {
        return new ArtifactGeneratorSpec(
                sources, Arrays.stream(outputs).map(Samples::output).toList(), null, null);
    }

    /** Generation 3, UID "uid-NAME", one Git source "app". */
    public static ArtifactGenerator generator(String name, String... outputs) {
        return generator(name, spec(List.of(git("app")), outputs));
    }

    public static ArtifactGenerator generator(String name, ArtifactGeneratorSpec spec) {
        return new ArtifactGenerator(
                new V1ObjectMeta()
                        .namespace(NAMESPACE)
                        .name(name)
                        .uid("uid-" + name)
                        .generation(3L)
                        .resourceVersion("7"),
                spec);
    }

    public static ArtifactGenerator annotated(ArtifactGenerator generator, Map<String, String> annotations) {
        V1ObjectMeta old = generator.metadata();
        return generator.withMetadata(new V1ObjectMeta()
                .namespace(old.getNamespace())
                .name(old.getName())
                .uid(old.getUid())
                .generation(old.getGeneration())
                .resourceVersion(old.getResourceVersion())
                .annotations(annotations));
    }

    public static ArtifactGenerator withInventory(ArtifactGenerator generator, ArtifactInventoryEntry... inventory) {
        ArtifactGeneratorStatus old = generator.status();
        return generator.withStatus(new ArtifactGeneratorStatus(
                old == null ? List.of() : old.conditions(),
                List.of(inventory),
                old == null ? null : old.observedSourcesDigest(),
                null));
    }

    public static ArtifactInventoryEntry entry(String name) {
        return new ArtifactInventoryEntry(name, NAMESPACE, digest('a'), "1.tar.gz");
    }

    public static String digest(char hex) {
        return "sha256:" + String.valueOf(hex).repeat(64);
    }

    /** Has the label of that generator unless its name is empty. */
    public static ExternalArtifact externalArtifact(String name, String generator) {
        return externalArtifact(NAMESPACE, name, generator);
    }

    /** An object in any namespace, of a generator in "apps". */
    public static ExternalArtifact externalArtifact(String namespace, String name, String generator) {
        V1ObjectMeta metadata =
                new V1ObjectMeta().namespace(namespace).name(name).uid("uid-of-" + name);
        if (!generator.isEmpty()) {
            metadata.labels(Map.of(Ownership.GENERATOR_LABEL, "uid-" + generator));
        }
        return new ExternalArtifact(
                metadata,
                new ExternalArtifactSpec(new NamespacedObjectKindReference(
                        null, "ArtifactGenerator", generator.isEmpty() ? "someone" : generator, NAMESPACE)));
    }

    public static ExternalArtifact offering(ExternalArtifact object, Artifact artifact) {
        return object.withStatus(new ExternalArtifactStatus(List.of(), artifact));
    }

    public static ExternalArtifact atVersion(ExternalArtifact object, String resourceVersion) {
        V1ObjectMeta old = object.metadata();
        return object.withMetadata(new V1ObjectMeta()
                .namespace(old.getNamespace())
                .name(old.getName())
                .uid(old.getUid())
                .labels(Objects.requireNonNullElse(old.getLabels(), Map.of()))
                .resourceVersion(resourceVersion));
    }
}

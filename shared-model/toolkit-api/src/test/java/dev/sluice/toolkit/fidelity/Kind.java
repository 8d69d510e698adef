package dev.sluice.toolkit.fidelity;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.image.ImagePolicy;
import dev.sluice.toolkit.image.ImageRepository;
import dev.sluice.toolkit.image.ImageUpdateAutomation;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.notification.Alert;
import dev.sluice.toolkit.notification.Provider;
import dev.sluice.toolkit.notification.Receiver;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.HelmRepository;
import dev.sluice.toolkit.source.OCIRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A kind with the fields of its published schema and an example with all fields. */
record Kind(ApiType<?, ?> type) {

    static List<Kind> all() {
        return List.of(
                new Kind(Bucket.TYPE),
                new Kind(ExternalArtifact.TYPE),
                new Kind(GitRepository.TYPE),
                new Kind(HelmChart.TYPE),
                new Kind(HelmRepository.TYPE),
                new Kind(OCIRepository.TYPE),
                new Kind(ArtifactGenerator.TYPE),
                new Kind(Kustomization.TYPE),
                new Kind(HelmRelease.TYPE),
                new Kind(Receiver.TYPE),
                new Kind(Provider.TYPE),
                new Kind(Alert.TYPE),
                new Kind(ImageRepository.TYPE),
                new Kind(ImagePolicy.TYPE),
                new Kind(ImageUpdateAutomation.TYPE));
    }

    static List<Kind> olderVersions() {
        return List.of(
                new Kind(Alert.V1BETA3),
                new Kind(Provider.V1BETA3),
                new Kind(ImageRepository.V1BETA2),
                new Kind(ImagePolicy.V1BETA2),
                new Kind(ImageUpdateAutomation.V1BETA2));
    }

    /** Returns the versions with examples of all fields of the Java types, including fields of older versions only. */
    static List<Kind> withAllFields() {
        return Stream.concat(
                        all().stream().filter(kind -> kind.olderVersion().isEmpty()),
                        Stream.of(new Kind(Alert.V1BETA3), new Kind(Provider.V1BETA3)))
                .toList();
    }

    /** Returns the deprecated version with more fields, if there is one. */
    Optional<Kind> olderVersion() {
        return Stream.of(new Kind(Alert.V1BETA3), new Kind(Provider.V1BETA3))
                .filter(older -> older.type().objectClass() == type.objectClass() && !older.equals(this))
                .findFirst();
    }

    /** Returns the published API version, kind and plural. */
    String publishedNames() {
        String head = resource(".fields").lines().findFirst().orElseThrow();
        return head.substring(2, head.indexOf(','));
    }

    /**
     * Returns the published fields by path, such as {@code spec.sources[].alias}; the values are the type and
     * "required".
     */
    NavigableMap<String, String> publishedFields() {
        NavigableMap<String, String> fields = new TreeMap<>();
        resource(".fields").lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" ", 2);
            fields.put(parts[0], parts[1]);
        });
        return fields;
    }

    String fullExample() {
        return resource(".yaml");
    }

    private String resource(String suffix) {
        String name =
                type.kind().kind().toLowerCase(Locale.ROOT) + "-" + type.kind().version() + suffix;
        try (InputStream in = Objects.requireNonNull(Kind.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return type.kind().kind() + " " + type.kind().version();
    }
}

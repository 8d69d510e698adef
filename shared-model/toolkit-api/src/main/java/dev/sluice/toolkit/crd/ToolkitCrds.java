package dev.sluice.toolkit.crd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Manifests of custom resource definitions: those that artifacts need, and Flux's others. A cluster with Flux already has
 * them; these are for tests, trials and the chart. Stateless.
 */
public final class ToolkitCrds {

    private static final List<String> PLURALS = List.of(
            "gitrepositories",
            "ocirepositories",
            "buckets",
            "helmrepositories",
            "helmcharts",
            "externalartifacts",
            "artifactgenerators");

    /** Not needed for artifacts. */
    private static final List<String> CONSUMERS = List.of(
            "kustomizations",
            "helmreleases",
            "alerts",
            "providers",
            "receivers",
            "imagerepositories",
            "imagepolicies",
            "imageupdateautomations");

    private ToolkitCrds() {}

    /**
     * Returns the manifests that artifacts need, one definition each: the sources of the Flux source API,
     * ExternalArtifact and ArtifactGenerator.
     */
    public static List<String> manifests() {
        return PLURALS.stream().map(ToolkitCrds::manifest).toList();
    }

    /** Returns the manifests of all kinds of Flux, one definition each. */
    public static List<String> all() {
        return plurals().map(ToolkitCrds::manifest).toList();
    }

    /**
     * Returns one manifest as YAML.
     *
     * @param plural plural name of the resource, such as {@code artifactgenerators}
     * @throws IllegalArgumentException if there is no manifest for this resource
     */
    public static String manifest(String plural) {
        String file = CONSUMERS.contains(plural) ? "flux/" + plural : plural;
        try (InputStream in = ToolkitCrds.class.getResourceAsStream(file + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no CRD for '%s'; available: %s"
                        .formatted(plural, plurals().toList()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CRD of '%s' from the classpath".formatted(plural), e);
        }
    }

    private static Stream<String> plurals() {
        return Stream.concat(PLURALS.stream(), CONSUMERS.stream());
    }
}

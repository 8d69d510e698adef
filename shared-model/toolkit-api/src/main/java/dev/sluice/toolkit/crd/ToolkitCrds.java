package dev.sluice.toolkit.crd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Manifests of the custom resource definitions that artifacts need: the sources of the Flux source API,
 * ExternalArtifact and ArtifactGenerator. A cluster with Flux already has them; these are for tests, trials and the
 * chart. Stateless.
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

    private ToolkitCrds() {}

    /** Returns all manifests as YAML, one definition each. */
    public static List<String> manifests() {
        return PLURALS.stream().map(ToolkitCrds::manifest).toList();
    }

    /**
     * Returns one manifest as YAML.
     *
     * @param plural plural name of the resource, such as {@code artifactgenerators}
     * @throws IllegalArgumentException if there is no manifest for this resource
     */
    public static String manifest(String plural) {
        try (InputStream in = ToolkitCrds.class.getResourceAsStream(plural + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no CRD for '%s'; available: %s".formatted(plural, PLURALS));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the CRD of '%s' from the classpath".formatted(plural), e);
        }
    }
}

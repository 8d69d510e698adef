package dev.sluice.toolkit.crd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Manifests of the custom resource definitions that artifacts need: the sources of the Flux source API,
 * ExternalArtifact and ArtifactGenerator. In a cluster that runs Flux they are there already; these serve tests, trying
 * out, and the chart. Stateless.
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

    /** Every manifest as YAML text, one definition each. */
    public static List<String> manifests() {
        return PLURALS.stream().map(ToolkitCrds::manifest).toList();
    }

    /**
     * One manifest as YAML text.
     *
     * @param plural the resource's plural name, such as {@code artifactgenerators}
     * @throws IllegalArgumentException for a resource that is not described here
     */
    public static String manifest(String plural) {
        try (InputStream in = ToolkitCrds.class.getResourceAsStream(plural + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no CRD of '%s' here; there are %s".formatted(plural, PLURALS));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("read the CRD of '%s' from the class path".formatted(plural), e);
        }
    }
}

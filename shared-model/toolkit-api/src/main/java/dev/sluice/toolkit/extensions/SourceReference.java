package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/**
 * A source with the alias that copy operations use; the namespace defaults to that of the generator.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param alias alias of the source in this generator
 * @param kind kind of the source; one of {@code Bucket}, {@code GitRepository}, {@code OCIRepository}, {@code
 *     HelmChart}, {@code ExternalArtifact}
 * @param name {@code metadata.name} of the referent
 * @param namespace namespace of the source; the generator's own by default
 */
public record SourceReference(
        String alias, String kind, String name, @Nullable String namespace) {

    public SourceReference {
        Required.field(alias, "SourceReference", "alias");
        Required.field(kind, "SourceReference", "kind");
        Required.field(name, "SourceReference", "name");
    }
}

package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An artifact to build, published as an ExternalArtifact.
 *
 * <p>API: {@code source.extensions.fluxcd.io/v1beta1}.
 *
 * @param name name of the ExternalArtifact; with a pathPattern it can contain "{capture}"
 * @param namespace namespace of the ExternalArtifact; absent: that of the generator; since Flux 2.10
 * @param revision {@code @alias}: use the revision of this source; without it, the revision is the content hash
 * @param originRevision {@code @alias}: the source whose origin revision is added to the artifact's metadata
 * @param inputsFrom {@code @alias/<path>}, or {@code @artifact/<path>}: a YAML file whose values are in the status of
 *     the ExternalArtifact; since Flux 2.10
 * @param copy copy operations, applied in order; later operations overwrite
 */
public record OutputArtifact(
        String name,
        @Nullable String namespace,
        @Nullable String revision,
        @Nullable String originRevision,
        @Nullable String inputsFrom,
        @RequiredField List<CopyOperation> copy) {

    public OutputArtifact {
        Required.field(name, "OutputArtifact", "name");
        copy = List.copyOf(copy);
    }

    /** Creates an artifact in the generator's namespace without inputs. */
    public OutputArtifact(
            String name, @Nullable String revision, @Nullable String originRevision, List<CopyOperation> copy) {
        this(name, null, revision, originRevision, null, copy);
    }

    /** Returns the alias in {@link #revision()}; empty if it is absent. */
    public Optional<String> revisionAlias() {
        return alias(revision);
    }

    /** Returns the alias in {@link #originRevision()}; empty if it is absent. */
    public Optional<String> originRevisionAlias() {
        return alias(originRevision);
    }

    private static Optional<String> alias(@Nullable String reference) {
        return Optional.ofNullable(reference)
                .map(text -> text.startsWith("@") ? text.substring(1) : text)
                .filter(alias -> !alias.isEmpty());
    }
}

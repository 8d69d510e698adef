package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** A source under the alias by which copy operations name it; without a namespace it is in that of the generator. */
public record SourceReference(
        String alias, String kind, String name, @Nullable String namespace) {

    public SourceReference {
        Required.field(alias, "SourceReference", "alias");
        Required.field(kind, "SourceReference", "kind");
        Required.field(name, "SourceReference", "name");
    }
}

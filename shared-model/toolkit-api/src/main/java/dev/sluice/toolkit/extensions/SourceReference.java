package dev.sluice.toolkit.extensions;

import dev.sluice.toolkit.meta.Required;
import org.jspecify.annotations.Nullable;

/** A source with the alias that copy operations use; the namespace defaults to that of the generator. */
public record SourceReference(
        String alias, String kind, String name, @Nullable String namespace) {

    public SourceReference {
        Required.field(alias, "SourceReference", "alias");
        Required.field(kind, "SourceReference", "kind");
        Required.field(name, "SourceReference", "name");
    }
}

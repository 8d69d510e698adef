package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON pointers to fields whose drift is ignored, in the objects of the target or in all objects. */
public record IgnoreRule(
        @RequiredField List<String> paths, @Nullable Selector target) {

    public IgnoreRule {
        paths = List.copyOf(paths);
    }
}

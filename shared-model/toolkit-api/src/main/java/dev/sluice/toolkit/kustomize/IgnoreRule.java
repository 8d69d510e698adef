package dev.sluice.toolkit.kustomize;

import dev.sluice.toolkit.meta.RequiredField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON pointers to fields whose drift is ignored, in the objects of the target or in all objects.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}, {@code kustomize.toolkit.fluxcd.io/v1}.
 *
 * @param paths a list of JSON Pointer (RFC 6901) paths to be excluded from consideration in a Kubernetes object
 * @param target a selector for specifying Kubernetes objects to which this rule applies. If Target is not set, the
 *     Paths will be ignored for all Kubernetes objects within the manifest of the Helm release
 */
public record IgnoreRule(
        @RequiredField List<String> paths, @Nullable Selector target) {

    public IgnoreRule {
        paths = List.copyOf(paths);
    }
}

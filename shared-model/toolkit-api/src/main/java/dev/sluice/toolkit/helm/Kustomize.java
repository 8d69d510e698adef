package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.kustomize.Image;
import dev.sluice.toolkit.kustomize.Patch;
import java.util.List;

/**
 * A post-renderer that uses Kustomize.
 *
 * <p>API: {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param images a list of (image name, new name, new tag or digest) for changing image names, tags or digests. This
 *     can also be achieved with a patch, but this operator is simpler to specify
 * @param patches strategic merge and JSON patches, defined as inline YAML objects, capable of targeting objects based
 *     on kind, label and annotation selectors
 */
public record Kustomize(List<Image> images, List<Patch> patches) {

    public Kustomize {
        images = List.copyOf(images);
        patches = List.copyOf(patches);
    }
}

package dev.sluice.toolkit.helm;

import dev.sluice.toolkit.kustomize.Image;
import dev.sluice.toolkit.kustomize.Patch;
import java.util.List;

/** A post-renderer that uses Kustomize. */
public record Kustomize(List<Image> images, List<Patch> patches) {

    public Kustomize {
        images = List.copyOf(images);
        patches = List.copyOf(patches);
    }
}

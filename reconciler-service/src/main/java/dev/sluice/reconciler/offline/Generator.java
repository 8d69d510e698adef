package dev.sluice.reconciler.offline;

import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;

/** An ArtifactGenerator as a file holds it. */
record Generator(String name, String namespace, ArtifactGeneratorSpec spec) {}

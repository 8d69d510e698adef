package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.CommonMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ArtifactGenerator that is meant from a file of Kubernetes manifests. Lists, such as {@code kubectl get -o yaml}
 * prints, are looked into; other kinds are passed over.
 */
final class GeneratorFile {

    private static final String KIND = "ArtifactGenerator";
    private static final String GROUP = "source.extensions.fluxcd.io/";
    private static final String API_VERSION = GROUP + "v1beta1";
    private static final Path STANDARD_INPUT = Path.of("-");

    private GeneratorFile() {}

    /** @param file {@code -} for standard input */
    static Generator read(Path file, InputStream standardInput, Optional<String> name) throws IOException {
        boolean standard = file.equals(STANDARD_INPUT);
        try (InputStream in = standard ? standardInput : open(file)) {
            return choose(generators(YamlDocuments.read(content(in))), name);
        } catch (InvalidYamlException | OfflineException e) {
            String shown = standard ? "standard input" : "\"%s\"".formatted(file);
            throw new OfflineException("cannot read the generator in " + shown, e);
        }
    }

    private static InputStream open(Path file) throws OfflineException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new OfflineException("cannot open it", e);
        }
    }

    private static byte[] content(InputStream in) throws IOException {
        try {
            byte[] content = in.readNBytes(YamlDocuments.MAX_BYTES + 1);
            if (content.length > YamlDocuments.MAX_BYTES) {
                throw new OfflineException("it is larger than %d bytes".formatted(YamlDocuments.MAX_BYTES));
            }
            return content;
        } catch (IOException e) {
            throw new OfflineException("it cannot be read", e);
        }
    }

    private static List<ManifestFields> generators(List<Map<String, @Nullable Object>> documents)
            throws OfflineException {
        List<ManifestFields> generators = new ArrayList<>();
        for (Map<String, @Nullable Object> document : documents) {
            add(ManifestFields.of(document), generators);
        }
        return generators;
    }

    private static void add(ManifestFields manifest, List<ManifestFields> generators) throws OfflineException {
        String kind = manifest.optional("kind");
        if ("List".equals(kind) || (KIND + "List").equals(kind)) {
            for (ManifestFields item : manifest.maps("items")) {
                add(item, generators);
            }
            return;
        }
        String apiVersion = manifest.optional("apiVersion");
        if (!KIND.equals(kind) || apiVersion == null || !apiVersion.startsWith(GROUP)) {
            return;
        }
        if (!apiVersion.equals(API_VERSION)) {
            throw new OfflineException("%s \"%s\": apiVersion \"%s\" is not served by any release; write \"%s\""
                    .formatted(KIND, manifest.map("metadata").optional("name"), apiVersion, API_VERSION));
        }
        generators.add(manifest);
    }

    private static Generator choose(List<ManifestFields> generators, Optional<String> name) throws OfflineException {
        List<ManifestFields> matching = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ManifestFields manifest : generators) {
            String found = manifest.map("metadata").required("name");
            names.add(found);
            if (name.map(found::equals).orElse(true)) {
                matching.add(manifest);
            }
        }
        if (matching.isEmpty()) {
            throw new OfflineException(
                    names.isEmpty()
                            ? "there is no %s%s manifest in it".formatted(GROUP, KIND)
                            : "there is no generator \"%s\" in it, only %s".formatted(name.orElse(""), quoted(names)));
        }
        if (matching.size() > 1) {
            throw new OfflineException(
                    "there are several generators in it, choose one with --generator: %s".formatted(quoted(names)));
        }
        return generator(matching.get(0));
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }

    private static Generator generator(ManifestFields manifest) throws OfflineException {
        ManifestFields metadata = manifest.map("metadata");
        String namespace = metadata.optional("namespace");
        return new Generator(
                metadata.required("name"), namespace == null ? "default" : namespace, spec(manifest.map("spec")));
    }

    private static ArtifactGeneratorSpec spec(ManifestFields spec) throws OfflineException {
        spec.allowOnly(Set.of("sources", "artifacts", "pathPattern", "commonMetadata"));
        List<SourceReference> sources = new ArrayList<>();
        for (ManifestFields source : spec.maps("sources")) {
            sources.add(source(source));
        }
        List<OutputArtifact> artifacts = new ArrayList<>();
        for (ManifestFields artifact : spec.maps("artifacts")) {
            artifacts.add(artifact(artifact));
        }
        ManifestFields common = spec.map("commonMetadata");
        CommonMetadata commonMetadata = new CommonMetadata(common.textMap("labels"), common.textMap("annotations"));
        return new ArtifactGeneratorSpec(sources, artifacts, spec.optional("pathPattern"), commonMetadata);
    }

    private static SourceReference source(ManifestFields source) throws OfflineException {
        source.allowOnly(Set.of("alias", "kind", "name", "namespace"));
        return new SourceReference(
                source.required("alias"),
                source.required("kind"),
                source.required("name"),
                source.optional("namespace"));
    }

    private static OutputArtifact artifact(ManifestFields artifact) throws OfflineException {
        artifact.allowOnly(Set.of("name", "revision", "originRevision", "copy"));
        List<CopyOperation> copy = new ArrayList<>();
        for (ManifestFields operation : artifact.maps("copy")) {
            copy.add(operation(operation));
        }
        return new OutputArtifact(
                artifact.required("name"), artifact.optional("revision"), artifact.optional("originRevision"), copy);
    }

    private static CopyOperation operation(ManifestFields operation) throws OfflineException {
        operation.allowOnly(Set.of("from", "to", "exclude", "strategy", "optional"));
        return new CopyOperation(
                operation.required("from"),
                operation.required("to"),
                operation.texts("exclude"),
                operation.optional("strategy"),
                operation.optionalBoolean("optional"));
    }
}

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

/** Reads the ArtifactGenerator that is meant from a file of Kubernetes manifests; other kinds are passed over. */
final class GeneratorFile {

    private static final String KIND = "ArtifactGenerator";
    private static final String GROUP = "source.extensions.fluxcd.io/";

    private GeneratorFile() {}

    static Generator read(Path file, Optional<String> name) throws IOException {
        try {
            return choose(generators(YamlDocuments.read(content(file))), name);
        } catch (InvalidYamlException | OfflineException e) {
            throw new OfflineException("cannot read the generator in \"%s\"".formatted(file), e);
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(YamlDocuments.MAX_BYTES + 1);
            if (content.length > YamlDocuments.MAX_BYTES) {
                throw new OfflineException("it is larger than %d bytes".formatted(YamlDocuments.MAX_BYTES));
            }
            return content;
        } catch (IOException e) {
            throw new OfflineException("cannot open it", e);
        }
    }

    private static List<Fields> generators(List<Map<String, @Nullable Object>> documents) throws OfflineException {
        List<Fields> generators = new ArrayList<>();
        for (Map<String, @Nullable Object> document : documents) {
            Fields manifest = Fields.of(document);
            String apiVersion = manifest.optional("apiVersion");
            if (KIND.equals(manifest.optional("kind")) && apiVersion != null && apiVersion.startsWith(GROUP)) {
                generators.add(manifest);
            }
        }
        return generators;
    }

    private static Generator choose(List<Fields> generators, Optional<String> name) throws OfflineException {
        List<Fields> matching = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Fields manifest : generators) {
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

    private static Generator generator(Fields manifest) throws OfflineException {
        Fields metadata = manifest.map("metadata");
        String namespace = metadata.optional("namespace");
        return new Generator(
                metadata.required("name"), namespace == null ? "default" : namespace, spec(manifest.map("spec")));
    }

    private static ArtifactGeneratorSpec spec(Fields spec) throws OfflineException {
        spec.allowOnly(Set.of("sources", "artifacts", "pathPattern", "commonMetadata"));
        List<SourceReference> sources = new ArrayList<>();
        for (Fields source : spec.maps("sources")) {
            sources.add(source(source));
        }
        List<OutputArtifact> artifacts = new ArrayList<>();
        for (Fields artifact : spec.maps("artifacts")) {
            artifacts.add(artifact(artifact));
        }
        Fields common = spec.map("commonMetadata");
        CommonMetadata commonMetadata = new CommonMetadata(common.textMap("labels"), common.textMap("annotations"));
        return new ArtifactGeneratorSpec(sources, artifacts, spec.optional("pathPattern"), commonMetadata);
    }

    private static SourceReference source(Fields source) throws OfflineException {
        source.allowOnly(Set.of("alias", "kind", "name", "namespace"));
        return new SourceReference(
                source.required("alias"),
                source.required("kind"),
                source.required("name"),
                source.optional("namespace"));
    }

    private static OutputArtifact artifact(Fields artifact) throws OfflineException {
        artifact.allowOnly(Set.of("name", "revision", "originRevision", "copy"));
        List<CopyOperation> copy = new ArrayList<>();
        for (Fields operation : artifact.maps("copy")) {
            copy.add(operation(operation));
        }
        return new OutputArtifact(
                artifact.required("name"), artifact.optional("revision"), artifact.optional("originRevision"), copy);
    }

    private static CopyOperation operation(Fields operation) throws OfflineException {
        operation.allowOnly(Set.of("from", "to", "exclude", "strategy", "optional"));
        return new CopyOperation(
                operation.required("from"),
                operation.required("to"),
                operation.texts("exclude"),
                operation.optional("strategy"),
                operation.optionalBoolean("optional"));
    }
}

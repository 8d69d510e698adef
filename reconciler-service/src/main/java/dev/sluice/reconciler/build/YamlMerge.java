package dev.sluice.reconciler.build;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.tree.Blob;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.reconciler.yaml.YamlValues;
import dev.sluice.reconciler.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges YAML files as the strategy Merge does: the way Helm merges its values files. */
final class YamlMerge {

    private final BlobStore blobs;

    YamlMerge(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** The first file with the second on top of it, and with the mode of the first. */
    FileEntry merge(FileEntry base, TreePath basePath, FileEntry overlay, TreePath overlayPath) throws IOException {
        Map<String, @Nullable Object> values = read(overlay, overlayPath);
        Map<String, @Nullable Object> merged = YamlValues.merge(read(base, basePath), values);
        byte[] content = YamlWriter.write(merged).getBytes(StandardCharsets.UTF_8);
        Blob blob = blobs.store(content);
        return new FileEntry(base.executable(), Digest.ofBytes(DigestAlgorithm.SHA256, content), blob);
    }

    private static Map<String, @Nullable Object> read(FileEntry file, TreePath path) throws IOException {
        if (file.size() > YamlDocuments.MAX_BYTES) {
            throw new CopyException("cannot merge \"%s\": it has %d bytes, at most %d are allowed"
                    .formatted(path, file.size(), YamlDocuments.MAX_BYTES));
        }
        try {
            Map<String, @Nullable Object> merged = new LinkedHashMap<>();
            for (Map<String, @Nullable Object> document :
                    YamlDocuments.read(file.blob().readAll(YamlDocuments.MAX_BYTES))) {
                merged = YamlValues.merge(merged, document);
            }
            return merged;
        } catch (InvalidYamlException e) {
            throw new CopyException("cannot merge \"%s\"".formatted(path), e);
        }
    }
}

package dev.sluice.reconciler.copy;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.tree.BlobStore;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.budget.YamlBudget;
import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlAccumulator;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.reconciler.yaml.YamlWriter;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges YAML files for strategy Merge, as Helm merges values files. */
final class YamlMerge {

    private final BlobStore blobs;
    private final RunBudget budget;
    private final String what;

    /** @param what description of the artifact for error messages */
    YamlMerge(BlobStore blobs, RunBudget budget, String what) {
        this.blobs = blobs;
        this.budget = budget;
        this.what = what;
    }

    /** Merges the overlay over the base; keeps the mode of the base. */
    FileEntry merge(FileEntry base, TreePath basePath, FileEntry overlay, TreePath overlayPath) throws IOException {
        try (YamlBudget allowance = new YamlBudget(budget, what + ": merged file \"" + overlayPath + "\"")) {
            Map<String, @Nullable Object> values = read(overlay, overlayPath, allowance);
            YamlAccumulator merged = new YamlAccumulator();
            merged.add(read(base, basePath, allowance));
            merged.add(values);
            byte[] content = write(merged.values(), allowance);
            Digest digest = Digest.ofBytes(DigestAlgorithm.SHA256, content);
            return new FileEntry(base.executable(), digest, blobs.store(content));
        }
    }

    private static byte[] write(Map<String, @Nullable Object> values, YamlBudget allowance) throws IOException {
        MergedText text = new MergedText(allowance);
        YamlWriter.write(values, text);
        return text.bytes();
    }

    private Map<String, @Nullable Object> read(FileEntry file, TreePath path, YamlBudget allowance) throws IOException {
        int maxBytes = (int) Math.min(allowance.maxText(), Integer.MAX_VALUE);
        if (file.size() > maxBytes) {
            throw allowance.exceeded(file.size());
        }
        allowance.nextFile();
        BudgetShare reading = budget.takeHeap(what, YamlDocuments.heapFor(file.size()));
        try {
            YamlAccumulator merged = new YamlAccumulator();
            YamlDocuments.read(file.blob().readAll(maxBytes), allowance, merged::add);
            return merged.values();
        } catch (InvalidYamlException e) {
            throw new CopyException("cannot merge \"%s\"".formatted(path), e);
        } finally {
            reading.close();
        }
    }
}

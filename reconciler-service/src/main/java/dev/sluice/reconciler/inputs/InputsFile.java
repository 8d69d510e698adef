package dev.sluice.reconciler.inputs;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.budget.YamlBudget;
import dev.sluice.reconciler.file.FileReference;
import dev.sluice.reconciler.yaml.InvalidYamlException;
import dev.sluice.reconciler.yaml.YamlDocuments;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The file that an artifact's {@code inputsFrom} names. */
public final class InputsFile {

    /** Maximum size of the file. */
    static final int MAX_BYTES = 1_048_576;

    private final OutputArtifact artifact;
    private final String reference;
    private final RunBudget budget;

    private InputsFile(OutputArtifact artifact, String reference, RunBudget budget) {
        this.artifact = artifact;
        this.reference = reference;
        this.budget = budget;
    }

    /**
     * Reads the values in the first document of the file, by key; empty if the artifact has no {@code inputsFrom}.
     *
     * @param built the built tree of the artifact, before the default filter
     * @throws InputsException if the file cannot be read, or is not a map in YAML
     * @throws IOException if the budget does not suffice, or the thread is interrupted
     */
    public static Map<String, JsonValue> read(
            OutputArtifact artifact, Map<String, FileTree> sources, Supplier<FileTree> built, RunBudget budget)
            throws IOException {
        String reference = artifact.inputsFrom();
        return reference == null || reference.isEmpty()
                ? Map.of()
                : new InputsFile(artifact, reference, budget).read(sources, built);
    }

    private Map<String, JsonValue> read(Map<String, FileTree> sources, Supplier<FileTree> built) throws IOException {
        FileReference file = FileReference.parse(reference)
                .orElseThrow(() -> new InputsException(
                        "invalid inputsFrom path: it must be in the format '@<alias>/<path>'", null));
        String problem = file.problem().orElse("");
        if (!problem.isEmpty()) {
            throw new InputsException("invalid inputsFrom path: " + problem, null);
        }
        FileTree tree = file.isInArtifact() ? built.get() : sources.get(file.alias());
        if (tree == null) {
            throw new InputsException(
                    "invalid inputsFrom path: source alias '%s' not found".formatted(file.alias()), null);
        }
        String what = "artifact '%s': inputs \"%s\"".formatted(artifact.name(), reference);
        try (BudgetShare reading = budget.takeHeap(what, 0);
                YamlBudget values = new YamlBudget(budget, what)) {
            byte[] content = content(file, tree);
            reading.grow(content.length + YamlDocuments.heapFor(content.length));
            return json(document(content, values), values);
        }
    }

    private byte[] content(FileReference file, FileTree tree) throws InputsException {
        try {
            return file.read(tree, MAX_BYTES);
        } catch (IOException e) {
            throw new InputsException(
                    "failed to read inputs file \"%s\": %s".formatted(reference, ErrorText.describe(e)), e);
        }
    }

    private Map<String, @Nullable Object> document(byte[] content, YamlBudget values) throws IOException {
        try {
            return YamlDocuments.readFirst(content, values);
        } catch (InvalidYamlException e) {
            throw unparsable(ErrorText.describe(e), e);
        }
    }

    private Map<String, JsonValue> json(Map<String, @Nullable Object> document, YamlBudget values) throws IOException {
        Map<String, JsonValue> inputs = new LinkedHashMap<>();
        StoredSize size = new StoredSize();
        for (Map.Entry<String, @Nullable Object> entry : document.entrySet()) {
            JsonValue value = JsonValue.of(InputValues.of(entry.getValue()));
            values.takeHeap(2 * size.add(entry.getKey(), value));
            if (size.exceedsJson()) {
                throw unparsable(
                        "its values have more than %d bytes as JSON; export less".formatted(StoredSize.MAX_JSON_BYTES),
                        null);
            }
            if (size.exceedsStored()) {
                throw unparsable(
                        ("its values and keys have more than %d bytes in the API server, which stores each key twice;"
                                        + " export fewer or shorter keys")
                                .formatted(StoredSize.MAX_STORED_BYTES),
                        null);
            }
            inputs.put(entry.getKey(), value);
        }
        return inputs;
    }

    private InputsException unparsable(String problem, @Nullable Throwable cause) {
        return new InputsException("failed to parse inputs file \"%s\": %s".formatted(reference, problem), cause);
    }
}

package dev.sluice.reconciler.pathpattern;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.BudgetShare;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.KubernetesNames;
import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders the templates of a generator for each directory that its path pattern matches. */
final class PatternExpansion implements PathPattern.Matches {

    private final String pattern;
    private final ArtifactGenerator generator;
    private final BudgetShare heap;
    private final List<PlannedArtifact> planned = new ArrayList<>();
    private final Map<ObjectKey, TreePath> directories = new HashMap<>();

    PatternExpansion(String pattern, ArtifactGenerator generator, BudgetShare heap) {
        this.pattern = pattern;
        this.generator = generator;
        this.heap = heap;
    }

    /** The rendered artifacts in tree order. */
    List<PlannedArtifact> planned() {
        return List.copyOf(planned);
    }

    @Override
    public void add(TreePath directory, Map<String, String> captures) throws PathPatternException, IOException {
        Map<String, String> labels = labels(directory, captures);
        for (OutputArtifact template : generator.spec().artifacts()) {
            Interruption.check();
            heap.grow(PlanSize.of(template, captures));
            OutputArtifact artifact = render(template, directory, captures, labels);
            check(artifact, directory);
            planned.add(new PlannedArtifact(artifact, labels, captures));
        }
    }

    private Map<String, String> labels(TreePath directory, Map<String, String> captures) throws PathPatternException {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, String> capture : captures.entrySet()) {
            String value = lowerCase(capture.getValue());
            if (!KubernetesNames.isLabelValue(value)) {
                throw failure("value \"%s\" of capture \"%s\" is not a valid label value (%s); %s"
                        .formatted(value, capture.getKey(), KubernetesNames.LABEL_VALUE_RULE, leaveOut(directory)));
            }
            labels.put(capture.getKey(), value);
        }
        return labels;
    }

    private OutputArtifact render(
            OutputArtifact template, TreePath directory, Map<String, String> captures, Map<String, String> labels)
            throws PathPatternException {
        try {
            List<CopyOperation> copy = new ArrayList<>();
            for (CopyOperation operation : template.copy()) {
                copy.add(render(operation, captures));
            }
            return new OutputArtifact(
                    CaptureText.render(template.name(), labels),
                    renderOrNull(template.namespace(), labels),
                    template.revision(),
                    template.originRevision(),
                    renderOrNull(template.inputsFrom(), captures),
                    copy);
        } catch (CaptureException e) {
            throw failure("cannot render artifact \"%s\" for directory \"%s\": %s"
                    .formatted(template.name(), directory, e.getMessage()));
        }
    }

    private static CopyOperation render(CopyOperation operation, Map<String, String> captures) throws CaptureException {
        return new CopyOperation(
                CaptureText.render(operation.from(), captures),
                CaptureText.render(operation.to(), captures),
                operation.exclude(),
                operation.strategy(),
                operation.optional());
    }

    private static @Nullable String renderOrNull(@Nullable String text, Map<String, String> captures)
            throws CaptureException {
        return text == null ? null : CaptureText.render(text, captures);
    }

    private void check(OutputArtifact artifact, TreePath directory) throws PathPatternException {
        String name = artifact.name();
        String namespace = generator.namespaceOf(artifact);
        if (!KubernetesNames.isSubdomain(name)) {
            throw failure("rendered artifact name \"%s\" is not a valid Kubernetes object name: it must have %s; %s"
                    .formatted(name, KubernetesNames.SUBDOMAIN_RULE, leaveOut(directory)));
        }
        if (!KubernetesNames.isNamespace(namespace)) {
            throw failure("rendered artifact namespace \"%s\" is not a valid Kubernetes namespace: it must have %s; %s"
                    .formatted(namespace, KubernetesNames.NAMESPACE_RULE, leaveOut(directory)));
        }
        TreePath other = directories.putIfAbsent(new ObjectKey(namespace, name), directory);
        if (other != null) {
            throw failure("directories \"%s\" and \"%s\" both resolve to artifact name \"%s\" in namespace \"%s\""
                    .formatted(other, directory, name, namespace));
        }
    }

    private static String leaveOut(TreePath directory) {
        return "rename directory \"%s\", or exclude it with .sourceignore or a narrower pattern".formatted(directory);
    }

    /** Character by character, as the reference does: no character becomes two. */
    private static String lowerCase(String text) {
        return text.codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private PathPatternException failure(String problem) {
        return PathPattern.failure("pathPattern \"%s\": %s".formatted(pattern, problem));
    }
}

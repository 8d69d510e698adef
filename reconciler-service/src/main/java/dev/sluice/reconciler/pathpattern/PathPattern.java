package dev.sluice.reconciler.pathpattern;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A generator's {@code pathPattern}: renders a set of artifacts from templates for each matching directory. */
public final class PathPattern {

    private final String text;
    private final String alias;
    private final List<CaptureSegment> segments;

    private PathPattern(String text, String alias, List<CaptureSegment> segments) {
        this.text = text;
        this.alias = alias;
        this.segments = segments;
    }

    /** Whether the spec has a path pattern; otherwise it lists its artifacts. */
    public static boolean isIn(ArtifactGeneratorSpec spec) {
        String pattern = spec.pathPattern();
        return pattern != null && !pattern.isEmpty();
    }

    /** Plans the artifacts of a generator without a path pattern. */
    public static List<PlannedArtifact> unexpanded(List<OutputArtifact> artifacts) {
        return artifacts.stream()
                .map(artifact -> new PlannedArtifact(artifact, Map.of()))
                .toList();
    }

    /**
     * Parses {@code @alias/<pattern>}.
     *
     * @throws PathPatternException if the form, the alias or a capture is invalid
     */
    public static PathPattern parse(String text, Set<String> aliases) throws PathPatternException {
        int slash = text.indexOf('/');
        if (!text.startsWith("@") || slash < 0) {
            throw failure("pathPattern \"%s\": it must be in the format \"@<alias>/<pattern>\"".formatted(text));
        }
        String alias = text.substring(1, slash);
        if (!aliases.contains(alias)) {
            throw failure("pathPattern \"%s\": source alias \"%s\" not found".formatted(text, alias));
        }
        try {
            return new PathPattern(text, alias, segments(text.substring(slash + 1)));
        } catch (CaptureException e) {
            throw failure("pathPattern \"%s\": %s".formatted(text, e.getMessage()));
        }
    }

    private static List<CaptureSegment> segments(String pattern) throws CaptureException {
        Set<String> names = new HashSet<>();
        for (CaptureText.Part part : CaptureText.parse(pattern).parts()) {
            if (part.capture() && !names.add(part.text())) {
                throw new CaptureException("\"%s\": duplicate capture \"%s\"".formatted(pattern, part.text()));
            }
            if (part.capture() && !KubernetesNames.isLabelKey(part.text())) {
                throw new CaptureException(
                        "\"%s\": capture \"%s\" is not a valid label key".formatted(pattern, part.text()));
            }
        }
        List<CaptureSegment> segments = new ArrayList<>();
        for (String segment : pattern.split("/", -1)) {
            segments.add(new CaptureSegment(CaptureText.parse(segment).parts()));
        }
        return List.copyOf(segments);
    }

    /**
     * Renders every template of the generator for every matching directory, in tree order; returns an empty list if no directory
     * matches. Checks the number of artifacts before rendering the first one.
     *
     * @throws PathPatternException if a directory name is not a valid label value, or a rendered artifact is invalid or
     *     not unique
     * @throws dev.sluice.reconciler.budget.LimitExceededException if their number or heap exceeds the limit of a run
     * @throws dev.sluice.reconciler.budget.BudgetWaitException if the process has no budget left now
     * @throws InterruptedIOException if the thread is interrupted
     */
    public List<PlannedArtifact> expand(ArtifactGenerator generator, Map<String, FileTree> sources, RunBudget budget)
            throws PathPatternException, IOException {
        FileTree source = sources.get(alias);
        if (source == null) {
            throw failure("pathPattern \"%s\": source alias \"%s\" not found".formatted(text, alias));
        }
        Count count = new Count();
        visit(source, TreePath.ROOT, 0, Map.of(), count);
        long artifacts = count.directories * generator.spec().artifacts().size();
        budget.takeArtifacts(describe(), (int) Math.min(artifacts, Integer.MAX_VALUE));
        PatternExpansion expansion = new PatternExpansion(text, generator, budget.takeHeap(describe(), 0));
        visit(source, TreePath.ROOT, 0, Map.of(), expansion);
        return expansion.planned();
    }

    private String describe() {
        return "pathPattern \"%s\"".formatted(text);
    }

    private void visit(FileTree source, TreePath directory, int depth, Map<String, String> captured, Matches matches)
            throws PathPatternException, IOException {
        List<FileTree.Node> below = source.below(directory);
        for (int i = 0; i < below.size(); i++) {
            Interruption.check();
            FileTree.Node child = below.get(i);
            if (child.isDirectory()) {
                child(source, child.path(), depth, captured, matches);
                i += source.below(child.path()).size();
            }
        }
    }

    private void child(FileTree source, TreePath directory, int depth, Map<String, String> captured, Matches matches)
            throws PathPatternException, IOException {
        Map<String, String> captures = new LinkedHashMap<>(captured);
        if (!segments.get(depth).match(directory.name(), captures)) {
            return;
        }
        if (depth == segments.size() - 1) {
            matches.add(directory, captures);
        } else {
            visit(source, directory, depth + 1, captures, matches);
        }
    }

    static PathPatternException failure(String problem) {
        return new PathPatternException("failed to expand path pattern: " + problem);
    }

    /** Takes the directories that match. */
    interface Matches {
        void add(TreePath directory, Map<String, String> captures) throws PathPatternException, IOException;
    }

    private static final class Count implements Matches {

        private long directories;

        @Override
        public void add(TreePath directory, Map<String, String> captures) {
            directories++;
        }
    }
}

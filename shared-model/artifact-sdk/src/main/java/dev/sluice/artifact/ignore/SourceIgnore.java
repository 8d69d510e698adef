package dev.sluice.artifact.ignore;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.LinkPolicy;
import dev.sluice.artifact.tree.PathConflictException;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Selects the files that are excluded from an artifact. Patterns match the path within the archived directory by
 * component, at any depth and case-sensitively. The last matching pattern decides, and a pattern that matches a
 * directory matches everything below it. Immutable and thread-safe.
 *
 * <p>Without custom patterns it excludes what Flux excludes by default: version control files, images and archives, and
 * the configuration of CI systems and of Flux. Custom patterns replace all of these except those for version control.
 */
public final class SourceIgnore {

    /** The name of the files that {@link #fromIgnoreFiles} reads. */
    public static final String IGNORE_FILE = ".sourceignore";

    private static final int MAX_IGNORE_FILE_BYTES = 1 << 20;

    /** A rule takes at most some milliseconds, usually a fraction of a microsecond. */
    private static final int RULES_BETWEEN_CHECKS = 16;

    private static final String VERSION_CONTROL = """
            .git/
            .gitignore
            .gitmodules
            .gitattributes
            """;

    private static final String OTHER_DEFAULTS = """
            *.jpg
            *.jpeg
            *.gif
            *.png
            *.wmv
            *.flv
            *.tar.gz
            *.zip
            .github/
            .circleci/
            .travis.yml
            .gitlab-ci.yml
            appveyor.yml
            .drone.yml
            cloudbuild.yaml
            codeship-services.yml
            codeship-steps.yml
            .goreleaser.yml
            .sops.yaml
            .flux.yaml
            """;

    private static final SourceIgnore NONE = new SourceIgnore(List.of());
    private static final SourceIgnore DEFAULTS =
            new SourceIgnore(GitignoreRule.parse(VERSION_CONTROL + OTHER_DEFAULTS, TreePath.ROOT));

    private final List<GitignoreRule> rules;

    private SourceIgnore(List<GitignoreRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Returns Flux's default exclusions. */
    public static SourceIgnore defaults() {
        return DEFAULTS;
    }

    /** Returns a filter that excludes nothing. */
    public static SourceIgnore none() {
        return NONE;
    }

    /**
     * Returns the version control patterns and those of {@code gitignoreText}, in {@code .gitignore} syntax, one per
     * line; the defaults if it contains no pattern.
     */
    public static SourceIgnore withPatterns(String gitignoreText) {
        return withRules(GitignoreRule.parse(gitignoreText, TreePath.ROOT), DEFAULTS);
    }

    /**
     * Returns the version control patterns and those of all {@code .sourceignore} files in {@code tree}, each applied
     * below its own directory, deeper ones with precedence; the defaults if none contains a pattern. Ignores files
     * below directories named {@code .git}. Invalid UTF-8 is tolerated: it usually occurs in comments, and a pattern
     * with it matches nothing.
     *
     * @throws IOException if an ignore file cannot be read or is larger than 1 MiB
     */
    public static SourceIgnore fromIgnoreFiles(FileTree tree) throws IOException {
        return fromIgnoreFiles(tree, DEFAULTS);
    }

    /** Like {@link #fromIgnoreFiles(FileTree)}, but returns {@code otherwise} if no file contains a pattern. */
    static SourceIgnore fromIgnoreFiles(FileTree tree, SourceIgnore otherwise) throws IOException {
        List<GitignoreRule> own = new ArrayList<>();
        FileTree withoutGit =
                tree.filter(node -> !node.isDirectory() || !node.path().name().equals(".git"));
        for (FileTree.Node node : withoutGit.nodes()) {
            if (node.entry() instanceof FileEntry file && node.path().name().equals(IGNORE_FILE)) {
                String text = new String(file.blob().readAll(MAX_IGNORE_FILE_BYTES), StandardCharsets.UTF_8);
                own.addAll(GitignoreRule.parse(text, node.path().parent()));
            }
        }
        return withRules(own, otherwise);
    }

    private static SourceIgnore withRules(List<GitignoreRule> own, SourceIgnore otherwise) {
        if (own.isEmpty()) {
            return otherwise;
        }
        List<GitignoreRule> all = new ArrayList<>(GitignoreRule.parse(VERSION_CONTROL, TreePath.ROOT));
        all.addAll(own);
        return new SourceIgnore(all);
    }

    /**
     * Whether {@code path}, a directory or a file, is excluded. The root never is.
     *
     * @throws UncheckedIOException if the thread is interrupted, see {@link Interruption#checkUnchecked}
     */
    public boolean ignores(TreePath path, boolean directory) {
        GitignoreRule rule = deciding(path, directory);
        return rule != null && rule.excludes();
    }

    /**
     * Returns the pattern that excludes {@code path}, a directory or a file; empty if it is not excluded.
     *
     * @throws UncheckedIOException if the thread is interrupted, see {@link Interruption#checkUnchecked}
     */
    public Optional<String> excludedBy(TreePath path, boolean directory) {
        return Optional.ofNullable(deciding(path, directory))
                .filter(GitignoreRule::excludes)
                .map(rule -> rule.rule().toString());
    }

    /** The last rule that matches. */
    private @Nullable GitignoreRule deciding(TreePath path, boolean directory) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (i % RULES_BETWEEN_CHECKS == 0) {
                Interruption.checkUnchecked();
            }
            GitignoreRule rule = rules.get(i);
            if (rule.matches(path, directory)) {
                return rule;
            }
        }
        return null;
    }

    /**
     * Indexes a directory without excluded files, whose content is not read, and without links and special files.
     *
     * @throws IOException see {@link DirectoryTree#read(Path)}
     */
    public FileTree read(Path directory) throws IOException {
        return apply(DirectoryTree.read(directory, LinkPolicy.SKIP, this::ignores));
    }

    /**
     * Returns {@code tree} without excluded entries; the parents of included files are kept.
     *
     * @throws UncheckedIOException if the thread is interrupted, see {@link Interruption#checkUnchecked}
     */
    public FileTree apply(FileTree tree) {
        if (rules.isEmpty()) {
            return tree;
        }
        FileTree.Builder kept = FileTree.builder();
        try {
            for (FileTree.Node node : tree.nodes()) {
                if (!ignores(node.path(), node.isDirectory())) {
                    put(kept, node);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a subset of a valid tree is not valid", e);
        }
        return kept.size() == tree.size() ? tree : kept.build();
    }

    private static void put(FileTree.Builder kept, FileTree.Node node)
            throws PathConflictException, UnsafePathException {
        if (node.entry() instanceof FileEntry file) {
            kept.putFile(node.path(), file);
        } else {
            kept.putDirectory(node.path());
        }
    }
}

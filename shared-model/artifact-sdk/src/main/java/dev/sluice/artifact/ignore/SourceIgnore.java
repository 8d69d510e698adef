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

/**
 * Decides which files never reach an artifact. Patterns are matched against the path in the archived directory, per
 * component, at any depth and case-sensitively; of several patterns that match, the last decides, and a pattern that
 * matches a directory matches all below it. Immutable and thread-safe.
 *
 * <p>Without patterns of its own it drops what Flux drops by default: version control files, pictures and archives, and
 * the configuration of CI systems and of Flux. With own patterns these replace all but the version control ones.
 */
public final class SourceIgnore {

    /** The name of the files that {@link #fromIgnoreFiles} reads. */
    public static final String IGNORE_FILE = ".sourceignore";

    private static final int MAX_IGNORE_FILE_BYTES = 1 << 20;

    /** None takes longer than some milliseconds, most a fraction of a microsecond. */
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

    /** What Flux leaves out unless it is told otherwise. */
    public static SourceIgnore defaults() {
        return DEFAULTS;
    }

    /** Leaves nothing out. */
    public static SourceIgnore none() {
        return NONE;
    }

    /**
     * The version control patterns and those of {@code gitignoreText}, in the syntax of {@code .gitignore}, one a line;
     * the defaults if there is no pattern in it.
     */
    public static SourceIgnore withPatterns(String gitignoreText) {
        return withRules(GitignoreRule.parse(gitignoreText, TreePath.ROOT), DEFAULTS);
    }

    /**
     * The version control patterns and those of all {@code .sourceignore} files in {@code tree}, each counting below its
     * own directory, deeper ones deciding before higher ones; the defaults if there is no pattern in any. Those below
     * directories named {@code .git} are not looked at. Bytes that are not UTF-8 are tolerated: they are usually in
     * comments, and a pattern with them matches nothing.
     *
     * @throws IOException if an ignore file cannot be read or is larger than 1 MiB
     */
    public static SourceIgnore fromIgnoreFiles(FileTree tree) throws IOException {
        return fromIgnoreFiles(tree, DEFAULTS);
    }

    /** As {@link #fromIgnoreFiles(FileTree)}, but with {@code otherwise} if there is no pattern in any file. */
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
     * Whether {@code path}, a directory or a file, is left out. The root never is.
     *
     * @throws UncheckedIOException if the thread is interrupted, as {@link Interruption#checkUnchecked}
     */
    public boolean ignores(TreePath path, boolean directory) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (i % RULES_BETWEEN_CHECKS == 0) {
                Interruption.checkUnchecked();
            }
            GitignoreRule rule = rules.get(i);
            if (rule.matches(path, directory)) {
                return rule.excludes();
            }
        }
        return false;
    }

    /**
     * Indexes a directory without what is left out, of which no content is read, and without links and special files.
     *
     * @throws IOException as {@link DirectoryTree#read(Path)}
     */
    public FileTree read(Path directory) throws IOException {
        return apply(DirectoryTree.read(directory, LinkPolicy.SKIP, this::ignores));
    }

    /**
     * {@code tree} without what is left out; the parents of a file that stays, stay too.
     *
     * @throws UncheckedIOException if the thread is interrupted, as {@link Interruption#checkUnchecked}
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
            throw new UncheckedIOException("a part of a tree is no tree", e);
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

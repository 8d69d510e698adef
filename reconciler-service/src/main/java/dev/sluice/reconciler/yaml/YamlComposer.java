package dev.sluice.reconciler.yaml;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Parses one YAML document to nodes whose plain scalars are not interpreted yet. */
final class YamlComposer {

    /** The tag of a scalar without quotes and without a tag of its own. */
    static final Tag PLAIN = new Tag("tag:sluice.dev,2026:plain");

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int MAX_COLLECTION_ALIASES = 10_000;

    private YamlComposer() {}

    /** The root node, or null if the document is empty. What follows a {@code ...} line is ignored. */
    static @Nullable Node compose(String document, int maxDepth) throws InvalidYamlException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(YamlDocuments.MAX_BYTES + 1);
        options.setNestingDepthLimit(maxDepth);
        options.setMaxAliasesForCollections(MAX_COLLECTION_ALIASES);
        try {
            ParserImpl parser = new ParserImpl(new StreamReader(withoutMark(document)), options);
            Composer composer = new Composer(parser, new LateResolver(), options);
            if (composer.checkNode()) {
                return composer.getNode();
            }
            refuseLoneDirectives(document);
            return null;
        } catch (YAMLException e) {
            throw new InvalidYamlException("it is not valid YAML: " + problem(e));
        }
    }

    /** Without the lines around it, which the parser's own message quotes: they may hold a secret. */
    private static String problem(YAMLException e) {
        if (!(e instanceof MarkedYAMLException marked)) {
            return String.valueOf(e.getMessage());
        }
        Mark mark = marked.getProblemMark();
        String problem = String.valueOf(marked.getProblem());
        return mark == null
                ? problem
                : "line %d, column %d: %s".formatted(mark.getLine() + 1, mark.getColumn() + 1, problem);
    }

    private static void refuseLoneDirectives(String document) throws InvalidYamlException {
        if (withoutMark(document).lines().anyMatch(line -> line.startsWith("%"))) {
            throw new InvalidYamlException(
                    "it has a directive (a line that begins with a percent sign) without a document; remove it");
        }
    }

    private static String withoutMark(String document) {
        return !document.isEmpty() && document.charAt(0) == BYTE_ORDER_MARK ? document.substring(1) : document;
    }

    /** Leaves it to {@link YamlScalar} what plain scalars mean. */
    private static final class LateResolver extends Resolver {

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar ? (implicit ? PLAIN : Tag.STR) : super.resolve(kind, value, implicit);
        }
    }
}
